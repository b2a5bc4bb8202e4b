use super::*;
use rstest::rstest;

const TEXT: &str =
    r#" {"a": {"b": [10, {"odd key": null}], "\u0063": "x\"y"}, "n": 12345678901234567890.10, "a": true} "#;

#[test]
fn nodes_come_in_order_with_exact_text() {
    let tree = Tree::read(TEXT).unwrap();
    let seen: Vec<(String, &str)> = (0..tree.len())
        .map(|id| NodeId(u32::try_from(id).unwrap()))
        .map(|id| (tree.path(id), tree.node(id).unwrap().raw))
        .collect();
    let seen: Vec<(&str, &str)> = seen.iter().map(|(path, raw)| (path.as_str(), *raw)).collect();
    assert_eq!(
        seen,
        [
            ("$", TEXT.trim()),
            ("$.a", r#"{"b": [10, {"odd key": null}], "\u0063": "x\"y"}"#),
            ("$.a.b", r#"[10, {"odd key": null}]"#),
            ("$.a.b[0]", "10"),
            ("$.a.b[1]", r#"{"odd key": null}"#),
            ("$.a.b[1][\"odd key\"]", "null"),
            ("$.a.c", r#""x\"y""#),
            ("$.n", "12345678901234567890.10"),
            ("$.a", "true"),
        ]
    );
}

#[test]
fn nodes_know_their_place() {
    let tree = Tree::read(TEXT).unwrap();
    let children: Vec<NodeId> = tree.children(NodeId(0)).collect();
    assert_eq!(children, [NodeId(1), NodeId(7), NodeId(8)]);
    let node = tree.node(NodeId(4)).unwrap();
    assert_eq!(
        (node.key, node.kind, node.depth, node.position),
        (Key::Index(1), Kind::Object { len: 1 }, 3, 1)
    );
    assert_eq!(tree.node(NodeId(6)).unwrap().key, Key::Name("c".into()));
    assert_eq!(tree.node(NodeId(0)).unwrap().key, Key::Root);
    assert_eq!((tree.parent(NodeId(4)), tree.parent(NodeId(0))), (Some(NodeId(2)), None));
    assert_eq!((tree.siblings(NodeId(7)), tree.siblings(NodeId(0))), (3, 1));
    assert_eq!(tree.node(NodeId(9)), None);
    assert_eq!(tree.children(NodeId(3)).count(), 0);
}

#[rstest]
#[case("$", Some(0))]
#[case("$.a.b[1]", None)] // the last member named a is no object
#[case("$.n", Some(7))]
#[case("$.a", Some(8))]
#[case("$[0]", None)]
#[case("$.x", None)]
#[case("nonsense", None)]
fn values_are_found_by_path(#[case] path: &str, #[case] id: Option<u32>) {
    assert_eq!(Tree::read(TEXT).unwrap().find_path(path), id.map(NodeId));
}

#[rstest]
#[case("{}", 9, "{}")]
#[case("[]", 9, "[]")]
#[case(r#"{"a":1}"#, 9, "{ 1 key }")]
#[case(r#"{"a":1,"b":[1,2]}"#, 9, "{ 2 keys }")]
#[case("[[1,2]]", 9, "[ 1 item ]")]
#[case("[1,2]", 9, "[ 2 items ]")]
#[case("null", 9, "null")]
#[case("12345678901234567890", 9, "123456789…")]
#[case(r#""short""#, 9, "\"short\"")]
#[case(r#""\u65e5\u672c\u8a9e""#, 3, "\"日本語\"")]
#[case(r#""\u65e5\u672c\u8a9e""#, 2, "\"日本…\"")]
#[case(r#""\ud83d\ude00\ud83d\ude00\ud83d\ude00""#, 2, "\"😀😀…\"")]
#[case("\"a\u{202e}b\\u200b\"", 9, "\"a\\u202eb\\u200b\"")]
#[case(r#""two\nlines""#, 20, "\"two\\u000alines\"")]
fn previews(#[case] text: &str, #[case] max: usize, #[case] expected: &str) {
    let tree = Tree::read(text).unwrap();
    assert_eq!(tree.node(NodeId(0)).unwrap().preview(max), expected);
}

#[test]
fn a_document_that_is_not_json_is_refused() {
    assert_eq!(Tree::read("{\"a\":}").unwrap_err().offset, 5);
}

#[test]
fn depth_is_no_limit() {
    let tree = Tree::read("[".repeat(100_000) + &"]".repeat(100_000)).unwrap();
    assert_eq!(tree.len(), 100_000);
    assert_eq!(tree.node(NodeId(99_999)).unwrap().depth, 99_999);
    assert_eq!(tree.after(NodeId(0)), NodeId(100_000));
}
