"""A member of staff with a browser: the pages as they are, over TLS checked with the centre's own authority."""

import http.cookiejar
import ssl
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser

from mimika_e2e.common import StepFailed, expect


@dataclass
class Form:
    action: str = ""
    method: str = "get"
    values: dict = field(default_factory=dict)
    choices: dict = field(default_factory=dict)  # name of a select -> its values


class PageReader(HTMLParser):
    """The forms of a page, its visible text, and where its links lead."""

    def __init__(self, markup):
        super().__init__()
        self.forms, self.links, self.words = [], [], []
        self.form = self.select = self.area = None
        self.hidden = 0
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        name = attributes.get("name")
        if tag in ("style", "script"):
            self.hidden += 1
        elif tag == "a" and attributes.get("href"):
            self.links.append(attributes["href"])
        elif tag == "form":
            self.form = Form(attributes.get("action", ""), attributes.get("method", "get").lower())
            self.forms.append(self.form)
        elif self.form is None:
            return
        elif tag == "input" and name:
            self.form.values[name] = attributes.get("value", "")
        elif tag == "select" and name:
            self.select = name
            self.form.choices[name] = []
        elif tag == "option" and self.select:
            self.form.choices[self.select].append(attributes.get("value", ""))
            self.form.values.setdefault(self.select, attributes.get("value", ""))
        elif tag == "textarea" and name:
            self.area = name
            self.form.values[name] = ""

    def handle_endtag(self, tag):
        if tag in ("style", "script"):
            self.hidden -= 1
        elif tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None

    def handle_data(self, data):
        if self.area:
            self.form.values[self.area] += data
        elif not self.hidden:
            self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


@dataclass
class Page:
    status: int
    path: str
    size: int  # bytes of the body as it came
    markup: str

    def __post_init__(self):
        self.reader = PageReader(self.markup)

    @property
    def text(self):
        return self.reader.text

    def form(self, action_ends_with):
        for form in self.reader.forms:
            if form.action.endswith(action_ends_with):
                return form
        return None


class CentralWeb:
    def __init__(self, url, ca_file):
        self.url = url
        self.jar = http.cookiejar.CookieJar()
        context = ssl.create_default_context(cafile=str(ca_file))
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context),
            urllib.request.HTTPCookieProcessor(self.jar),
        )

    def fetch(self, path, form=None):
        data = urllib.parse.urlencode(form).encode() if form is not None else None
        request = urllib.request.Request(self.url + path, data=data, headers={"Accept-Language": "en"})
        if form is not None:
            request.add_header("Origin", self.url)
        try:
            answer = self.opener.open(request, timeout=30)
        except urllib.error.HTTPError as refused:
            answer = refused
        except urllib.error.URLError as problem:
            raise StepFailed(f"the centre's page {path} cannot be reached: {problem.reason}") from None
        with answer:
            body = answer.read()
            landed = urllib.parse.urlsplit(answer.url).path
            return Page(answer.status, landed, len(body), body.decode("utf-8"))

    def log_in(self, person):
        page = self.fetch("/login")
        form = page.form("/login")
        expect(form is not None, "the login page has no form")
        page = self.submit(form, login=person.login, password=person.password)
        expect(page.path != "/login" and page.status == 200, f"{person.login} cannot log in: {page.text[:200]}")
        return page

    def submit(self, form, **values):
        expect(form.method == "post", "a form that changes something must be a POST")
        return self.fetch(form.action, {**form.values, **values})

    def find(self, number):
        """The page of a ticket; None while the centre does not know it."""
        page = self.fetch("/find?" + urllib.parse.urlencode({"number": number}))
        if page.status == 404:
            return None
        expect(page.status == 200, f"looking for {number} answered {page.status}: {page.text[:200]}")
        return page

    def act(self, number, action, **values):
        """Opens the ticket, fills in one of its forms and sends it."""
        page = self.find(number)
        expect(page is not None, f"the centre does not find {number}")
        form = page.form("/" + action)
        expect(form is not None, f"the page of {number} offers no '{action}' to this person: {page.text[:400]}")
        for name, value in values.items():
            if name in form.choices:
                expect(value in form.choices[name], f"'{value}' is no choice of '{action}'")
        page = self.submit(form, **values)
        expect(page.status == 200, f"'{action}' on {number} answered {page.status}: {page.text[:300]}")
        return page
