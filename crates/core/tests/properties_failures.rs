//! What holds for the cause of any failure: it is settled, short, in one line, and no secret is in it.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail by panicking, as tests do")]

use longrun_core::json::redact::redact_text;
use longrun_core::model::{Operation, Stamp, State};
use longrun_core::time::Millis;
use longrun_core::view::failures::{Failures, cause};
use proptest::prelude::*;

/// Pieces of which error texts are made, and such as look like what is left out but are not.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ -~]{0,8}",
        ".{0,4}",
        "[0-9a-f]{1,20}",
        "[0-9]{1,6}",
        prop::sample::select(vec![
            "0f8fad5b-d9cb-469f-a165-70867728950e",
            "10.20.4.17:22",
            "10.0.0.0/24",
            "fe80::1c2:3",
            "00:1b:44:11:3a:b7",
            "2026-11-21T03:47:17.5Z",
            "2026-11-21 03:47",
            "https://x.example/v1?a=b",
            "agent-7.lan",
            "ops@example.com",
            "<id>",
            "<n>",
            "<i",
            "<",
            ">",
            "'",
            "\"",
            "`a b`",
            "code ",
            "Traceback (most recent call last):\n",
            "\n",
            "•••• masked",
            "東京",
            "é",
            " ",
            "-",
            ":",
            ".",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn failed(text: &str) -> Operation {
    Operation {
        id: "a".into(),
        state: State::Failed,
        created: Stamp::At(Millis(5)),
        error: Some(text.into()),
        ..Operation::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn a_cause_is_settled_short_and_one_line(text in any_text()) {
        let once = cause(&text);
        prop_assert_eq!(cause(&once), once.clone());
        prop_assert!(once.len() <= 320 && !once.contains('\n'), "{}", once);
    }

    #[test]
    fn a_masked_secret_is_in_neither_cause_nor_query(
        before in any_text(),
        secret in "[a-zA-Z]{3}[a-zA-Z0-9]{12}[0-9]",
        after in any_text(),
        name in prop::sample::select(vec!["password=", "\npassword: ", "Authorization: Bearer ", "\"api_key\":\"", "token="]),
    ) {
        let text = format!("{before} {name}{secret} {after}");
        prop_assume!(!redact_text(&text).contains(&secret));
        let said = cause(&text);
        prop_assert!(!said.contains(&secret), "{}", said);
        let mut failures = Failures::between(Millis(0), Millis(9));
        failures.add(0, &failed(&text));
        for group in failures.groups() {
            let query = group.query.to_lowercase();
            prop_assert!(!group.cause.contains(&secret) && !query.contains(&secret.to_lowercase()), "{:?}", group);
        }
    }
}
