"""The abstract base classes of containers; they live in `_collections_abc`, so that importing it is cheap."""

from _collections_abc import *
from _collections_abc import _CallableGenericAlias, __all__
