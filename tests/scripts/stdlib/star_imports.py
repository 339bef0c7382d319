from typing import *
from dataclasses import *
from enum import *
from contextlib import *
from types import *
from abc import *
from copy import *
from pickle import *
print(List[int], Enum, Deque, Match, Pattern, List.append is list.append, Callable)
