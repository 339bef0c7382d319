"""Imports from zip files."""
import importlib
import os
import subprocess
import sys
import tempfile
import traceback
import zipfile
import zipimport

folder = tempfile.mkdtemp()
archive = os.path.join(folder, "lib.zip")
with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr("zipped_one.py", "value = 41 + 1\ndef fails():\n    raise ValueError('here')\n")
    z.writestr("zipped_pack/__init__.py", "from . import sub\nname = __name__\n")
    z.writestr("zipped_pack/sub.py", "text = __file__\n")
    z.writestr("zipped_pack/data.txt", "some data")
    z.writestr("inner/deep.py", "where = 'inner'\n")
sys.path.insert(0, archive)
import zipped_one
import zipped_pack.sub

print(zipped_one.value, zipped_one.__file__.replace(folder, "DIR"), type(zipped_one.__loader__).__name__, zipped_one.__spec__.name)
print(zipped_pack.name, zipped_pack.sub.text.replace(folder, "DIR"), [p.replace(folder, "DIR") for p in zipped_pack.__path__])
try:
    zipped_one.fails()
except ValueError as e:
    print(e, [f.lineno for f in traceback.extract_tb(e.__traceback__)][1:])
sys.path.insert(0, os.path.join(archive, "inner"))
import deep

print(deep.where)
importer = zipimport.zipimporter(archive)
print(importer.archive.replace(folder, "DIR"), repr(importer.prefix), repr(importer).replace(folder, "DIR"))
print(importer.is_package("zipped_pack"), importer.get_filename("zipped_one").replace(folder, "DIR"))
print(importer.get_source("zipped_one").splitlines()[0], importer.get_data("zipped_pack/data.txt"), importer.find_spec("nothing"))
print(zipimport.zipimporter(os.path.join(archive, "inner")).prefix)
for f in (lambda: zipimport.zipimporter(__file__), lambda: zipimport.zipimporter(folder), lambda: zipimport.zipimporter(""),
          lambda: importer.get_source("nothing"), lambda: importer.get_data("nothing")):
    try:
        f()
    except (zipimport.ZipImportError, OSError) as e:
        print(type(e).__name__, str(e).replace(folder, "DIR").replace(os.path.dirname(__file__), "HERE"))
from importlib import resources

print(resources.files("zipped_pack").joinpath("data.txt").read_text())
try:
    import not_in_there
except ModuleNotFoundError as e:
    print(e)
sys.path[:2] = []
