use super::*;

#[test]
fn what_differs_is_left_out() {
    for (text, wanted) in [
        (
            "Timed out waiting for compute instance 0f8fad5b-d9cb-469f-a165-70867728950e to become ACTIVE after 1200 seconds (host hv-jp1-a-039).",
            "Timed out waiting for compute instance <id> to become ACTIVE after <n> seconds (host <name>).",
        ),
        (
            "Port 7c9e6679-7425-40de-944b-e07fc1f90ae7 could not be bound: no free address in subnet 10.20.4.0/24.",
            "Port <id> could not be bound: no free address in subnet <ip>.",
        ),
        (
            "Quota exceeded for tenant 13572f6f42a74d2b82f7099f78d0393a: cores requested 8, in use 64, limit 64.",
            "Quota exceeded for tenant <id>: cores requested <n>, in use <n>, limit <n>.",
        ),
        (
            "Configuration commit rejected by fw-retail-03: syntax error at line 12 near \"set interfaces ge-0/0/9\".",
            "Configuration commit rejected by <name>: syntax error at line <n> near <name>.",
        ),
        (
            "Checksum does not match: expected 0a1b2c3d, got 4e5f6a7b.",
            "Checksum does not match: expected <id>, got <id>.",
        ),
        (
            "SSH connection to 10.20.4.17:22 timed out after 30 s",
            "SSH connection to <ip> timed out after <n> s",
        ),
        (
            "code 7 PERMISSION_DENIED: workloadmanager.evaluations.run",
            "code 7 PERMISSION_DENIED: workloadmanager.evaluations.run",
        ),
        ("took 1,204.5s at 2026-11-21T03:47:17.123Z, since 03:41:05.", "took <n>s at <time>, since <time>."),
        (
            "GET https://api.example.com/v1/x?id=7 from fe80::1c2:3 and 00:1b:44:11:3a:b7: refused",
            "GET <url> from <ip> and <mac>: refused",
        ),
        (
            "agent-07.osaka.internal and ops@example.com don't answer, it's 4x5",
            "<host> and <address> don't answer, it's <n>x<n>",
        ),
        ("vm_ip3x9a in us-central1 with utf-8", "vm_<id> in us-central<n> with utf-<n>"),
        ("Rule sap-hana-42 is unknown to rule set 55", "Rule <name> is unknown to rule set <n>"),
        (
            "アクセスが拒否されました (code 403): プロジェクト12の東京",
            "アクセスが拒否されました (code 403): プロジェクト<n>の東京",
        ),
        ("operation-1795232837000-0005f3a9c1b2e-1a2b3c4d failed", "<name> failed"),
        ("  \n\n first line \n second 7", "first line"),
        (
            "Traceback (most recent call last):\n  File \"/opt/x.py\", line 174\n    raise x\nRuntimeError: Task failed 'a_1' -> KeyError: 'ip'\n",
            "RuntimeError: Task failed <name> -> KeyError: <name>",
        ),
        ("0$a$A+aa", "<n><secret>"),
        ("", ""),
    ] {
        let ours = cause(text);
        assert_eq!(ours, wanted);
        assert_eq!(cause(&ours), ours);
    }
}

#[test]
fn a_secret_is_masked_before_anything_is_looked_at() {
    let said = cause("login of admin failed: password=hunter2-Zx token rejected");
    assert!(!said.contains("hunter") && said.contains("<secret>"), "{said}");
    assert_eq!(cause(&said), said);
}

#[test]
fn a_long_text_is_cut_between_slots() {
    let long = "disk 7 of 9 is full, ".repeat(1_000);
    let ours = cause(&long);
    assert!(ours.len() <= LONGEST && ours.starts_with("disk <n> of <n> is full, disk <n>"), "{ours}");
    assert_eq!(cause(&ours), ours);
}
