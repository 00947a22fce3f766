"""A format for ``camp2iac validate --output junit``: a report of tests in JUnit's XML, which most CI systems show."""

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

from camp2iac import Diagnostic, Severity


def writer(*, colour: bool) -> "JUnit":
    """Create the format. Reports have no colours."""
    return JUnit()


class JUnit:
    """Writes reports."""

    def render(self, diagnostics: Sequence[Diagnostic], texts: Mapping[str, str]) -> str:
        """One test case for each diagnostic: errors are failures, others are skipped. One that passes if none failed."""
        failures = sum(each.level is Severity.ERROR for each in diagnostics)
        suite = ElementTree.Element("testsuite", name="camp2iac", failures=str(failures))
        for each in diagnostics:
            case = ElementTree.SubElement(suite, "testcase", classname=each.code, name=str(each.span or "camp.yaml"))
            kind = "failure" if each.level is Severity.ERROR else "skipped"
            ElementTree.SubElement(case, kind, message=each.message).text = each.help
        if not failures:
            ElementTree.SubElement(suite, "testcase", classname="camp2iac", name="the plan has no errors")
        suite.set("tests", str(len(suite)))
        return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"
