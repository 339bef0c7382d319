"""The bodies and parts of `email.message.EmailMessage`."""



class EmailParts:
    """What a message has more than headers and a payload."""

    def is_attachment(self):
        """Whether it is to be kept, not shown."""
        return self.get_content_disposition() == "attachment"

    def get_body(self, preferencelist=("related", "html", "plain")):
        """The part that is the body: the best one of these kinds."""
        best, place = None, len(preferencelist)
        for kind, part in self._bodies(self, preferencelist):
            if preferencelist.index(kind) < place:
                best, place = part, preferencelist.index(kind)
                if place == 0:
                    break
        return best

    def _bodies(self, part, wanted):
        if part.is_attachment():
            return
        main, _, sub = part.get_content_type().partition("/")
        if main == "text":
            if sub in wanted:
                yield sub, part
            return
        if main != "multipart" or not part.is_multipart():
            return
        if sub != "related":
            for child in part.iter_parts():
                yield from self._bodies(child, wanted)
            return
        if "related" in wanted:
            yield "related", part
        root = part.get_param("start")
        parts = list(part.iter_parts())
        chosen = [child for child in parts if root and child["content-id"] == root] or parts[:1]
        for child in chosen:
            yield from self._bodies(child, wanted)

    def iter_parts(self):
        """The parts right in it."""
        if self.is_multipart():
            yield from self.get_payload()

    def iter_attachments(self):
        """The parts that are not the body."""
        main, _, sub = self.get_content_type().partition("/")
        if main != "multipart" or sub == "alternative" or not self.is_multipart():
            return
        parts = list(self.get_payload())
        if sub == "related":
            # The root is the first part, unless it is named.
            start = self.get_param("start")
            named = [part for part in parts if start and part["content-id"] == start]
            root = named[0] if named else parts[0] if parts else None
            yield from (part for part in parts if part is not root)
            return
        seen = set()
        for part in parts:
            kind = part.get_content_type()
            is_body = kind in ("text/plain", "text/html", "multipart/related", "multipart/alternative")
            if is_body and not part.is_attachment() and kind not in seen:
                seen.add(kind)
                continue
            yield part

    # Content.

    def get_content(self, *args, content_manager=None, **kw):
        """The body as what it is: text for text."""
        if content_manager is None:
            content_manager = self.policy.content_manager
        return content_manager.get_content(self, *args, **kw)

    def set_content(self, *args, content_manager=None, **kw):
        """Set the body: a text, bytes with their type, or a message."""
        if content_manager is None:
            content_manager = self.policy.content_manager
        content_manager.set_content(self, *args, **kw)

    def clear(self):
        """Remove everything."""
        self._headers = []
        self._payload = None

    def clear_content(self):
        """Remove the body and what the headers say of it."""
        self._headers = [pair for pair in self._headers if not pair[0].lower().startswith("content-")]
        self._payload = None

    def _make_multipart(self, subtype, disallowed, boundary):
        if self.get_content_maintype() == "multipart":
            existing = self.get_content_subtype()
            if existing in disallowed + (subtype,):
                raise ValueError(f"Cannot convert {existing} to {subtype}")
        own = [pair for pair in self._headers if not pair[0].lower().startswith("content-")]
        moved = [pair for pair in self._headers if pair[0].lower().startswith("content-")]
        self._headers = own
        if moved:
            part = type(self)(policy=self.policy)
            part._headers, part._payload = moved, self._payload
            self._payload = [part]
        else:
            self._payload = []
        self["Content-Type"] = f"multipart/{subtype}"
        if boundary is not None:
            self.set_param("boundary", boundary)

    def make_related(self, boundary=None):
        """Make the body the first part of several that belong together."""
        self._make_multipart("related", ("alternative", "mixed"), boundary)

    def make_alternative(self, boundary=None):
        """Make the body the first of several forms."""
        self._make_multipart("alternative", ("mixed",), boundary)

    def make_mixed(self, boundary=None):
        """Make the body the first part of several."""
        self._make_multipart("mixed", (), boundary)

    def _add(self, subtype, disposition, args, kw):
        if self.get_content_maintype() != "multipart" or self.get_content_subtype() != subtype:
            getattr(self, "make_" + subtype)()
        part = type(self)(policy=self.policy)
        part.set_content(*args, **kw)
        if disposition and "content-disposition" not in part:
            part["Content-Disposition"] = disposition
        self.attach(part)

    def add_related(self, *args, **kw):
        """Add a part that belongs to the body."""
        self._add("related", "inline", args, kw)

    def add_alternative(self, *args, **kw):
        """Add another form of the body."""
        self._add("alternative", None, args, kw)

    def add_attachment(self, *args, **kw):
        """Add an attachment."""
        self._add("mixed", "attachment", args, kw)
