"""html: escape, unescape, the tables of names, and the parser."""
import html
from html.entities import codepoint2name, entitydefs, html5, name2codepoint
from html.parser import HTMLParser

print(html.escape("<a href=\"x\">'&'</a>"), html.escape("<\"'&>", quote=False))
for text in ("&lt;b&gt;", "&amp;amp;", "&eacute;&eacute &notit; &not; &notin;", "&#65;&#x41;&#X41 &#65x", "&#0;&#128;&#x9f;&#13;", "&#xd800;&#x110000;&#xfffe;&#1;",
             "&unknown; & &; &#; &#x;", "no references", "&CounterClockwiseContourIntegral;", "&ampx &copy2024"):
    print(ascii(html.unescape(text)))
print(len(html5), len(name2codepoint), len(codepoint2name), len(entitydefs), html5["NotEqualTilde;"].encode(), name2codepoint["lang"], codepoint2name[0xe9], entitydefs["amp"])


class Show(HTMLParser):
    def handle_starttag(self, tag, attrs):
        print("start", tag, attrs, self.getpos(), repr(self.get_starttag_text()))

    def handle_endtag(self, tag):
        print("end", tag)

    def handle_data(self, data):
        print("data", repr(data))

    def handle_comment(self, data):
        print("comment", repr(data))

    def handle_decl(self, decl):
        print("decl", repr(decl))

    def handle_pi(self, data):
        print("pi", repr(data))

    def handle_entityref(self, name):
        print("entity", name)

    def handle_charref(self, name):
        print("char", name)

    def unknown_decl(self, data):
        print("unknown", repr(data))


PAGE = """<!DOCTYPE html>
<html><head><title>T &amp; U</title><script>if (a < b) { "</p>" }</script></head>
<body class="a b" id=x data-y='1 &lt; 2' checked><!-- note -->
<p>One<br/>two<img src="i.png" />&copy; &#65; &#x42;</p><?php echo ?></p >
<A HREF = "x?a=1&b=2">Link</A><![CDATA[x]]><!bogus><//x></>< b <3 & c &; <a"b=c>q</a
"""
p = Show()
p.feed(PAGE)
p.close()
print("--- without conversion, in parts")
p = Show(convert_charrefs=False)
for i in range(0, len(PAGE), 7):
    p.feed(PAGE[i:i + 7])
p.close()
print(p.rawdata, p.getpos())
p.reset()
for part in ("a &am", "p; b <", "p>&#6", "5;x<b", ">", "&amp"):
    p.feed(part)
p.close()


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.links, self.depth = [], 0

    def handle_starttag(self, tag, attrs):
        self.depth += 1
        self.links += [value for name, value in attrs if tag == "a" and name == "href"]

    def handle_startendtag(self, tag, attrs):
        print("empty", tag, attrs)


p = Links()
p.feed('<a href=1><a href="2"><br/><a name=x href=\'3\'>')
print(p.links, p.depth)
