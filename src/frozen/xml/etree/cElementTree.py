"""The older name of `xml.etree.ElementTree`; deprecated."""
from xml.etree.ElementTree import *
