"""The touch audit: every screen on every panel, in every language, text size and contrast."""

import json
import subprocess

from mimika_e2e.common import expect

AUDIT_NAMES = ("ui.audited_views", "ui.audit_failures")


def measure_audit(bench):
    audit = subprocess.run([bench.programs / "screens_audit"], stdout=subprocess.PIPE, text=True)
    # 1 says that something is wrong; what stands in the list of known faults counts here as well.
    expect(audit.returncode in (0, 1) and audit.stdout, "the audit did not run")
    found = json.loads(audit.stdout.splitlines()[-1])
    bench.report("ui.audited_views", found["views"], "views", focus_walks=found["focus_walks"])
    bench.report("ui.audit_failures", found["failures"], "faults", faulty_views=found["faulty_views"])
