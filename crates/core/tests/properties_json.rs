//! Properties of the JSON modules, with serde_json as the judge.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at once where it is wrong itself"
)]

use std::collections::BTreeMap;

use longrun_core::json::outline::Outline;
use longrun_core::json::split::{Envelope, SplitError, Splitter};
use longrun_core::json::tree::{NodeId, Tree};
use longrun_core::json::{decode, encode, fields, pretty, redact, search, validate};
use proptest::prelude::*;
use serde_json::Value;
use serde_json::value::RawValue;

/// Nothing is written beside the sources: what fails once belongs in a test of its own.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Strings with everything that is hard on a reader: quotes, brackets, backslashes, controls, wide characters.
fn hard_text() -> impl Strategy<Value = String> {
    let hard = vec!['"', '\\', '{', '}', '[', ']', ',', ':', 'u', '\n', '\u{0}', 'é', '日', '😀', '\u{202e}'];
    let char =
        prop_oneof![2 => any::<char>(), 3 => prop::sample::select(hard), 3 => prop::char::range('a', 'z')];
    prop::collection::vec(char, 0..12).prop_map(|chars| chars.into_iter().collect())
}

/// A string as a literal; a set bit escapes a character that need not be.
fn literal(text: &str, escapes: u32) -> String {
    let mut out = "\"".to_owned();
    for (at, char) in text.chars().enumerate() {
        if escapes >> (at % 32) & 1 == 1 || char < ' ' || matches!(char, '"' | '\\') {
            for unit in char.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04X}"));
            }
        } else {
            out.push(char);
        }
    }
    out + "\""
}

fn string_literal() -> impl Strategy<Value = String> {
    (hard_text(), any::<u32>()).prop_map(|(text, escapes)| literal(&text, escapes))
}

fn space() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["", "", "", " ", "\n\t", "\r\n  "])
}

/// JSON text: any shape, any white space, any spelling of strings and numbers, names more than once.
fn document() -> impl Strategy<Value = String> {
    let scalar = prop_oneof![
        string_literal(),
        prop::sample::select(vec![
            "null",
            "true",
            "false",
            "0",
            "-0.0",
            "1.50",
            "12345678901234567890123",
            "6.02e23",
            "-1E-7"
        ])
        .prop_map(str::to_owned),
    ];
    scalar.prop_recursive(5, 60, 6, |inner| {
        let name = prop_oneof![
            prop::sample::select(vec!["\"a\"", "\"operations\"", "\"\\u0061\""]).prop_map(str::to_owned),
            string_literal()
        ];
        let item = (space(), inner.clone(), space())
            .prop_map(|(before, value, after)| format!("{before}{value}{after}"));
        let member = (space(), name, space(), inner, space())
            .prop_map(|(a, name, b, value, c)| format!("{a}{name}{b}:{value}{c}"));
        prop_oneof![
            prop::collection::vec(item, 0..6).prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec(member, 0..6).prop_map(|members| format!("{{{}}}", members.join(","))),
        ]
    })
}

/// A document with a few bytes changed, removed or doubled: mostly not JSON any more, sometimes still.
fn broken_document() -> impl Strategy<Value = String> {
    let change = (
        any::<prop::sample::Index>(),
        prop::sample::select(vec!["", "\"", "\\", "{", "]", ",", ":", " ", "1", "e", "-", "\n"]),
    );
    (document(), prop::collection::vec(change, 0..3)).prop_map(|(text, changes)| {
        let mut chars: Vec<String> = text.chars().map(String::from).collect();
        for (at, new) in changes {
            let at = at.index(chars.len());
            chars[at] = new.to_owned();
        }
        chars.concat()
    })
}

type Split = (Vec<String>, Result<Envelope, SplitError>);

fn split<'a>(rows_at: &'static str, chunks: impl IntoIterator<Item = &'a [u8]>) -> Split {
    let mut splitter = Splitter::new(rows_at);
    let mut rows = Vec::new();
    for chunk in chunks {
        splitter.push(chunk);
        while let Some(row) = splitter.next_row() {
            rows.push(String::from_utf8(row.to_vec()).unwrap());
        }
    }
    (rows, splitter.finish())
}

/// Cuts bytes at the given places, wherever these fall in a character or an escape.
fn chunks<'a>(bytes: &'a [u8], cuts: &[prop::sample::Index]) -> Vec<&'a [u8]> {
    let mut at: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
    at.extend([0, bytes.len()]);
    at.sort_unstable();
    at.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect()
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<&RawValue>(text).is_ok()
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn rows_are_the_same_in_any_chunks_and_to_serde(
        rows in prop::collection::vec(document(), 0..6),
        around in (space(), space(), space()),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..40),
        bare in any::<bool>(),
    ) {
        let (a, b, c) = around;
        let list = rows.join(&format!("{a},{b}"));
        let (rows_at, text) = match bare {
            true => ("", format!("{a}[{b}{list}{c}]{a}")),
            false => ("operations", format!("{a}{{{b}\"x\":{{\"operations\":[0]}},\"operations\"{c}:{a}[{b}{list}{c}],\"next\":\"\\\"\"}}{b}")),
        };
        let whole = split(rows_at, [text.as_bytes()]);
        let judge: Vec<String> = match bare {
            true => serde_json::from_str::<Vec<&RawValue>>(&text).unwrap().iter().map(|row| row.get().to_owned()).collect(),
            false => serde_json::from_str::<BTreeMap<String, &RawValue>>(&text).unwrap().get("operations")
                .map(|rows| serde_json::from_str::<Vec<&RawValue>>(rows.get()).unwrap().iter().map(|row| row.get().to_owned()).collect())
                .unwrap(),
        };
        prop_assert_eq!(&whole.0, &judge);
        let envelope = whole.1.clone().unwrap();
        prop_assert_eq!(envelope.rows, judge.len());
        if !bare {
            let rest: Value = serde_json::from_str(&envelope.text).unwrap();
            prop_assert_eq!(rest, serde_json::json!({"x": {"operations": [0]}, "operations": [], "next": "\""}));
        }
        prop_assert_eq!(split(rows_at, chunks(text.as_bytes(), &cuts)), whole);
    }

    #[test]
    fn anything_is_split_alike_in_any_chunks(
        text in prop_oneof![broken_document(), broken_document().prop_map(|text| format!("{{\"operations\":[{text}]}}")), hard_text()],
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..40),
    ) {
        let whole = split("operations", [text.as_bytes()]);
        prop_assert_eq!(&split("operations", chunks(text.as_bytes(), &cuts)), &whole);
        if is_json(&text) {
            prop_assert!(
                matches!(whole.1, Ok(_) | Err(SplitError::RowsMissing { .. } | SplitError::RowsNotAnArray { .. })),
                "{:?}", whole.1
            );
        }
    }

    #[test]
    fn strings_are_read_and_written_as_serde_does(text in hard_text(), escapes in any::<u32>()) {
        let written = literal(&text, escapes);
        prop_assert_eq!(decode(&written), text.as_str());
        let mut own = String::new();
        encode(&text, &mut own);
        prop_assert_eq!(serde_json::from_str::<String>(&own).unwrap(), text);
    }

    #[test]
    fn what_is_json_is_what_serde_says(text in broken_document()) {
        prop_assert_eq!(validate(&text).is_ok(), is_json(&text), "{}", text);
    }

    #[test]
    fn members_are_those_serde_reads(text in document()) {
        let Ok(judge) = serde_json::from_str::<BTreeMap<String, &RawValue>>(&text) else {
            prop_assert!(fields::members(&text).is_err());
            return Ok(());
        };
        let members = fields::members(&text).unwrap();
        prop_assert_eq!(members.len(), judge.len());
        for (key, value) in members {
            prop_assert_eq!(judge[key.as_ref()].get(), value);
            let as_serde: Value = serde_json::from_str(value).unwrap();
            prop_assert_eq!(fields::is_null(value), as_serde.is_null());
            if let Value::String(text) = as_serde {
                prop_assert_eq!(fields::as_text(value).unwrap(), text);
            }
        }
    }

    #[test]
    fn every_value_has_a_path_that_leads_to_it_or_its_later_namesake(text in document()) {
        let tree = Tree::read(text.as_str()).unwrap();
        for id in (0..tree.len()).map(|id| NodeId(u32::try_from(id).unwrap())) {
            let node = tree.node(id).unwrap();
            prop_assert!(is_json(node.raw), "{}", node.raw);
            prop_assert_eq!(tree.children(id).count(), node.kind.len());
            let path = tree.path(id);
            if let Some(found) = tree.find_path(&path) {
                prop_assert_eq!(tree.path(found), path);
                prop_assert!(found >= id);
            } else {
                // Only a later namesake of something around it can be in the way.
                let around = std::iter::successors(tree.parent(id), |id| tree.parent(*id));
                let mut namesakes = around.filter_map(|id| Some((id, tree.find_path(&tree.path(id))?)));
                prop_assert!(namesakes.any(|(id, found)| found > id), "{}", path);
            }
        }
        prop_assert_eq!(tree.find_path("$"), Some(NodeId(0)));
    }

    #[test]
    fn pretty_text_means_the_same(text in document(), indent in 0usize..5) {
        let out = pretty::pretty(&text, indent);
        prop_assert_eq!(serde_json::from_str::<Value>(&out).unwrap(), serde_json::from_str::<Value>(&text).unwrap());
        prop_assert_eq!(pretty::pretty(&out, indent), out.clone());
        prop_assert!(out.matches("12345678901234567890123").count() == text.matches("12345678901234567890123").count());
    }

    #[test]
    fn an_outline_shows_what_stands_in_open_containers_only(
        text in document(),
        clicks in prop::collection::vec((any::<prop::sample::Index>(), 0u8..6), 0..20),
    ) {
        let tree = Tree::read(text.as_str()).unwrap();
        let mut outline = Outline::new(tree);
        for (at, what) in clicks {
            let all = outline.tree().len();
            let id = NodeId(u32::try_from(at.index(all)).unwrap());
            match what {
                0 => { outline.expand_all(all / 2); }
                1 => prop_assert!(outline.reveal(id).is_some_and(|row| outline.at(row) == Some(id))),
                2 => outline.collapse(id),
                3 => outline.expand(id),
                _ => outline.toggle(id),
            }
            let expected: Vec<NodeId> = (0..all).map(|id| NodeId(u32::try_from(id).unwrap())).filter(|id| {
                let mut around = outline.tree().parent(*id);
                while let Some(outer) = around {
                    if !outline.is_open(outer) {
                        return false;
                    }
                    around = outline.tree().parent(outer);
                }
                true
            }).collect();
            let shown: Vec<NodeId> = outline.rows(0..outline.len()).iter().map(|row| row.node.id).collect();
            prop_assert_eq!(shown, expected);
        }
    }

    #[test]
    fn search_counts_what_a_slow_look_counts(text in document(), needle in "[a-zA-Z0-9é]{1,2}") {
        let tree = Tree::read(text.as_str()).unwrap();
        let mut expected = 0;
        for id in (0..tree.len()).map(|id| NodeId(u32::try_from(id).unwrap())) {
            let node = tree.node(id).unwrap();
            let has = |text: &str| usize::from(text.to_lowercase().contains(&needle.to_lowercase()));
            if let longrun_core::json::tree::Key::Name(name) = &node.key {
                expected += has(name);
            }
            if !node.kind.is_container() {
                expected += has(&decode(node.raw));
            }
        }
        let found = search::find(&tree, &needle, 2);
        prop_assert_eq!((found.total, found.hits.len()), (expected, expected.min(2)));
    }
}

/// What is planted; neither it nor a part of it may come out.
const PLANT: &str = "hUnt3r2-Pl4nted";

/// The member that names a value behind it; told apart because a cut document does not show it in time.
const NAMED_AFTER: &str = "variable";

/// Places for a secret, as JSON text that stands for a value.
fn planted() -> impl Strategy<Value = String> {
    let names = vec![
        "password",
        "Admin-Password",
        "apiKey",
        "api_key",
        "x-auth-token",
        "client_secret",
        "passphrase",
        "private_key",
        "snmp_community",
        "psk",
        "Authorization",
        "db.credentials",
    ];
    let name = prop::sample::select(names);
    let as_text = |text: String, escapes: u32| literal(&text, escapes);
    prop_oneof![
        (name.clone(), any::<u32>(), document()).prop_map(|(name, escapes, beside)| {
            format!("{{\"x\":{beside},{}:\"{PLANT}\"}}", literal(name, escapes))
        }),
        (name.clone(), document())
            .prop_map(|(name, beside)| format!("{{\"{name}\":[{beside},{{\"a\":\"{PLANT}\"}}]}}")),
        (name.clone(), any::<bool>()).prop_map(|(name, first)| match first {
            true => format!("{{\"name\":\"{name}\",\"value\":\"{PLANT}\"}}"),
            false => format!("{{\"value\":[\"{PLANT}\"],\"{NAMED_AFTER}\":\"{name}\"}}"),
        }),
        (name.clone(), any::<u32>(), 1usize..4).prop_map(move |(name, escapes, depth)| {
            (0..depth).fold(format!("{{\"{name}\": \"{PLANT}\"}}"), |text, _| as_text(text, escapes))
        }),
        (name.clone(), any::<u32>(), prop::sample::select(vec!["=", ": ", " = ", "=\"", "' => '", ":"]))
            .prop_map(move |(name, escapes, sign)| as_text(
                format!("some text, {name}{sign}{PLANT}"),
                escapes
            )),
        (
            name,
            any::<u32>(),
            prop::sample::select(vec!["set system x ", "snmp-server ", "--", "a\n  ", "login with the "])
        )
            .prop_map(move |(name, escapes, before)| as_text(
                format!("{before}{name} {PLANT}\nset y 1"),
                escapes
            )),
        any::<u32>().prop_map(move |escapes| as_text(
            format!("see eyJhbGciOiJIUzI1NiJ9.{PLANT}.{PLANT} there"),
            escapes
        )),
        any::<u32>().prop_map(move |escapes| as_text(format!("http://op:{PLANT}@host/x"), escapes)),
        any::<u32>().prop_map(move |escapes| as_text(format!("sent Bearer {PLANT}"), escapes)),
        any::<u32>().prop_map(move |escapes| as_text(format!("ya29.{PLANT}"), escapes)),
        any::<u32>().prop_map(move |escapes| as_text(
            format!("-----BEGIN EC PRIVATE KEY-----\n{PLANT}\n-----END EC PRIVATE KEY-----"),
            escapes
        )),
    ]
}

proptest! {
    #![proptest_config(config(1_500))]

    #[test]
    fn no_planted_secret_comes_out(
        secrets in prop::collection::vec(planted(), 1..4),
        beside in prop::collection::vec(document(), 0..3),
        as_object in any::<bool>(),
    ) {
        let values: Vec<String> = secrets.into_iter().chain(beside).collect();
        let text = match as_object {
            true => format!("{{{}}}", values.iter().enumerate().map(|(at, value)| format!("\"m{at}\": {value}")).collect::<Vec<_>>().join(",")),
            false => format!("[{}]", values.join(" , ")),
        };
        prop_assert!(is_json(&text), "the test writes JSON: {}", text);
        let hidden = redact::redact(&text);
        prop_assert!(is_json(&hidden), "{}", hidden);
        // As text, as the values it stands for, and told by the viewer.
        prop_assert!(!hidden.contains(PLANT), "{}", hidden);
        let mut flat = hidden.clone();
        for _ in 0..5 {
            flat = decode(&flat).into_owned();
            prop_assert!(!flat.contains(PLANT), "{}", hidden);
        }
        let tree = Tree::read(text.as_str()).unwrap();
        for id in (0..tree.len()).map(|id| NodeId(u32::try_from(id).unwrap())) {
            let node = tree.node(id).unwrap();
            if !node.kind.is_container() && decode(node.raw).contains(PLANT) {
                prop_assert!(redact::hides(&tree, id), "{}", node.raw);
            }
        }
        prop_assert_eq!(redact::redact(&hidden), hidden.clone(), "masking twice changes nothing");
        // Cut off anywhere it is no JSON any more and must not leak either.
        if !text.contains(NAMED_AFTER) {
            prop_assert!(!redact::redact(&text[..text.len() - 1]).contains(PLANT));
        }
    }

    #[test]
    fn redaction_never_fails_and_keeps_json_valid(text in broken_document()) {
        let hidden = redact::redact(&text);
        prop_assert_eq!(is_json(&hidden) || !is_json(&text), true, "{}", hidden);
    }
}
