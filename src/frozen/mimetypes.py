"""Kinds of files by the ends of their names."""

import os
import posixpath

__all__ = [
    "knownfiles",
    "inited",
    "MimeTypes",
    "guess_type",
    "guess_all_extensions",
    "guess_extension",
    "add_type",
    "init",
    "read_mime_types",
    "suffix_map",
    "encodings_map",
    "types_map",
    "common_types",
]

# Where systems have more of them.
knownfiles = [
    "/etc/mime.types",
    "/etc/httpd/mime.types",
    "/etc/httpd/conf/mime.types",
    "/etc/apache/mime.types",
    "/etc/apache2/mime.types",
    "/usr/local/etc/httpd/conf/mime.types",
    "/usr/local/lib/netscape/mime.types",
    "/usr/local/etc/mime.types",
]

# Those of IANA; the first extension is the one that is guessed for a type.
_TYPES = """
application/javascript=js,mjs application/json=json application/manifest+json=webmanifest
application/msword=doc,dot,wiz application/n-quads=nq application/n-triples=nt
application/octet-stream=bin,a,dll,exe,o,obj,so application/oda=oda application/pdf=pdf application/pkcs7-mime=p7c
application/postscript=ps,ai,eps application/trig=trig application/vnd.apple.mpegurl=m3u,m3u8
application/vnd.ms-excel=xls,xlb application/vnd.ms-powerpoint=ppt,pot,ppa,pps,pwz application/wasm=wasm
application/x-bcpio=bcpio application/x-cpio=cpio application/x-csh=csh application/x-dvi=dvi
application/x-gtar=gtar application/x-hdf=hdf application/x-hdf5=h5 application/x-latex=latex application/x-mif=mif
application/x-netcdf=cdf,nc application/x-pkcs12=p12,pfx application/x-pn-realaudio=ram
application/x-python-code=pyc,pyo application/x-sh=sh application/x-shar=shar application/x-shockwave-flash=swf
application/x-sv4cpio=sv4cpio application/x-sv4crc=sv4crc application/x-tar=tar application/x-tcl=tcl
application/x-tex=tex application/x-texinfo=texi,texinfo application/x-troff=roff,t,tr application/x-troff-man=man
application/x-troff-me=me application/x-troff-ms=ms application/x-ustar=ustar application/x-wais-source=src
application/xml=xsl,rdf,wsdl,xpdl application/zip=zip audio/3gpp=3gp,3gpp audio/3gpp2=3g2,3gpp2
audio/aac=aac,adts,loas,ass audio/basic=au,snd audio/mpeg=mp3,mp2 audio/opus=opus audio/x-aiff=aif,aifc,aiff
audio/x-pn-realaudio=ra audio/x-wav=wav image/avif=avif image/bmp=bmp image/gif=gif image/ief=ief
image/jpeg=jpg,jpe,jpeg image/heic=heic image/heif=heif image/png=png image/svg+xml=svg image/tiff=tiff,tif
image/vnd.microsoft.icon=ico image/x-cmu-raster=ras image/x-portable-anymap=pnm image/x-portable-bitmap=pbm
image/x-portable-graymap=pgm image/x-portable-pixmap=ppm image/x-rgb=rgb image/x-xbitmap=xbm image/x-xpixmap=xpm
image/x-xwindowdump=xwd message/rfc822=eml,mht,mhtml,nws text/css=css text/csv=csv text/html=html,htm text/n3=n3
text/plain=txt,bat,c,h,ksh,pl,srt text/richtext=rtx text/tab-separated-values=tsv text/vtt=vtt text/x-python=py
text/x-setext=etx text/x-sgml=sgm,sgml text/x-vcard=vcf text/xml=xml video/mp4=mp4 video/mpeg=mpeg,m1v,mpa,mpe,mpg
video/quicktime=mov,qt video/webm=webm video/x-msvideo=avi video/x-sgi-movie=movie
"""
# Others that are used.
_COMMON = """
application/rtf=rtf audio/midi=midi,mid image/jpg=jpg image/pict=pict,pct,pic image/webp=webp text/xul=xul
"""


def _read_table(text):
    return {"." + ext: kind for kind, _, exts in (item.partition("=") for item in text.split()) for ext in exts.split(",")}


_suffixes = {
    ".svgz": ".svg.gz", ".tgz": ".tar.gz", ".taz": ".tar.gz", ".tz": ".tar.gz", ".tbz2": ".tar.bz2", ".txz": ".tar.xz",
}
_encodings = {".gz": "gzip", ".Z": "compress", ".bz2": "bzip2", ".xz": "xz", ".br": "br"}

# What is known, before and after init().
suffix_map = dict(_suffixes)
encodings_map = dict(_encodings)
types_map = _read_table(_TYPES)
common_types = _read_table(_COMMON)
inited = False
_db = None


class MimeTypes:
    """A table of types, which files with more of them can be read into."""

    def __init__(self, filenames=(), strict=True):
        if not inited:
            init()
        self.suffix_map = dict(_suffixes)
        self.encodings_map = dict(_encodings)
        # Common types and those of IANA, by extension and the other way round.
        self.types_map = ({}, {})
        self.types_map_inv = ({}, {})
        for text, is_strict in ((_TYPES, True), (_COMMON, False)):
            for ext, kind in _read_table(text).items():
                self.add_type(kind, ext, is_strict)
        for name in filenames:
            self.read(name, strict)

    def add_type(self, type, ext, strict=True):
        """Add an extension, with its dot."""
        self.types_map[strict][ext] = type
        known = self.types_map_inv[strict].setdefault(type, [])
        if ext not in known:
            known.append(ext)

    def guess_type(self, url, strict=True):
        """The type of a file, or None, and how it is packed, or None."""
        url = os.fspath(url)
        scheme, colon, rest = url.partition(":")
        if colon and scheme.isidentifier() and "/" not in scheme:
            if scheme.lower() == "data":
                return self._type_of_data(rest)
            url = rest
        base, ext = posixpath.splitext(url)
        while ext.lower() in self.suffix_map:
            base, ext = posixpath.splitext(base + self.suffix_map[ext.lower()])
        encoding = self.encodings_map.get(ext)
        if encoding is not None:
            base, ext = posixpath.splitext(base)
        ext = ext.lower()
        kind = self.types_map[True].get(ext)
        if kind is None and not strict:
            kind = self.types_map[False].get(ext)
        return kind, encoding

    @staticmethod
    def _type_of_data(text):
        """The type that an address says which holds its data itself."""
        before, comma, _ = text.partition(",")
        if not comma:
            return None, None
        kind = before.partition(";")[0]
        return ("text/plain" if "=" in kind or "/" not in kind else kind), None

    def guess_all_extensions(self, type, strict=True):
        """The extensions of a type."""
        type = type.lower()
        found = list(self.types_map_inv[True].get(type, []))
        if not strict:
            found += [ext for ext in self.types_map_inv[False].get(type, []) if ext not in found]
        return found

    def guess_extension(self, type, strict=True):
        """An extension of a type, or None."""
        return next(iter(self.guess_all_extensions(type, strict)), None)

    def read(self, filename, strict=True):
        """Read a file of types."""
        with open(filename, encoding="utf-8") as fp:
            self.readfp(fp, strict)

    def readfp(self, fp, strict=True):
        """Read lines, each a type and its extensions without dots."""
        for line in fp:
            words = line.partition("#")[0].split()
            for ext in words[1:]:
                self.add_type(words[0], "." + ext, strict)


def init(files=None):
    """Read the files of the system, and others."""
    global suffix_map, types_map, encodings_map, common_types, inited, _db
    inited = True
    if files is None or _db is None:
        db = MimeTypes()
        files = knownfiles + list(files or ())
    else:
        db = _db
    for file in files:
        if os.path.isfile(file):
            db.read(file)
    encodings_map, suffix_map = db.encodings_map, db.suffix_map
    common_types, types_map = db.types_map
    _db = db


def _known():
    if _db is None:
        init()
    return _db


def guess_type(url, strict=True):
    """The type of a file by its name or address, or None, and how it is packed, or None."""
    return _known().guess_type(url, strict)


def guess_all_extensions(type, strict=True):
    """The extensions of a type."""
    return _known().guess_all_extensions(type, strict)


def guess_extension(type, strict=True):
    """An extension of a type, or None."""
    return _known().guess_extension(type, strict)


def add_type(type, ext, strict=True):
    """Add an extension, with its dot."""
    return _known().add_type(type, ext, strict)


def read_mime_types(file):
    """The types in a file, by extension; None if it cannot be read."""
    try:
        f = open(file, encoding="utf-8")
    except OSError:
        return None
    with f:
        db = MimeTypes()
        db.readfp(f, True)
        return db.types_map[True]
