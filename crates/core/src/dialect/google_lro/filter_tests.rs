//! What the grammar takes, and where it stumbles.

use super::check;
use rstest::rstest;

#[rstest]
#[case("")]
#[case("  \t")]
#[case("done=false")]
#[case("done = false")]
#[case("done=true AND metadata.verb=\"create\"")]
#[case("error.code = 5 OR error.code != 7")]
#[case("a AND b OR c")]
#[case("a b c")]
#[case("NOT done=true")]
#[case("-done=true")]
#[case("-(a b)")]
#[case("NOT (a OR b) AND c")]
#[case("( a )")]
#[case("error:*")]
#[case("name = \"projects/*/operations/x\"")]
#[case("name=projects/demo/locations/us-central1/operations/x")]
#[case("metadata.createTime >= \"2026-11-20T10:00:00Z\"")]
#[case("metadata.createTime<'2026-11-20T10:00:00Z'")]
#[case("metadata.target:(a OR \"b c\")")]
#[case("\"lone text\"")]
#[case("a = -5")]
#[case("ratio > 3.14")]
#[case("日本 = \"東京\"")]
#[case("a=\"with \\\" quote and \\\\\"")]
#[case("a.AND = 1")]
#[case("and or not")]
fn well_formed(#[case] text: &str) {
    assert_eq!(check(text), Ok(()));
}

#[rstest]
#[case("done=", 6, "value is missing")]
#[case("done= AND a", 7, "value is missing")]
#[case("done==true", 6, "value is missing")]
#[case("AND a", 1, "joins two")]
#[case("a AND", 6, "after AND")]
#[case("a AND OR b", 7, "after AND")]
#[case("a OR )", 6, "after OR")]
#[case("NOT", 4, "after NOT")]
#[case("NOT(a)", 4, "blank")]
#[case("a - b", 4, "minus")]
#[case("(a", 1, "closing bracket")]
#[case("x AND (a OR b", 7, "closing bracket")]
#[case("a)", 2, "opening bracket")]
#[case("()", 2, "between the brackets")]
#[case("(a)(b)", 4, "blank")]
#[case("a=\"b", 3, "closing quote")]
#[case("東=\"京", 3, "closing quote")]
#[case("a=\"b\"c", 6, "blank")]
#[case("a!b", 2, "!=")]
#[case("\"a\"=b", 4, "without quotes")]
#[case("a..b", 3, "after the dot")]
#[case("a.", 3, "after the dot")]
#[case(".a", 1, "condition")]
#[case("=a", 1, "condition")]
#[case("t > 2026-11-20T10:00:00Z", 18, "in quotes")]
#[case("f(x)", 2, "blank")]
#[case("a=b,c", 4, "blank")]
#[case(",", 1, "comma")]
fn malformed(#[case] text: &str, #[case] place: usize, #[case] words: &str) {
    let said = check(text).unwrap_err();
    assert!(said.starts_with(&format!("At character {place}: ")), "{text}: {said}");
    assert!(said.contains(words) && said.ends_with('.'), "{text}: {said}");
}

#[test]
fn any_depth_is_answered() {
    assert_eq!(check(&format!("{}a{}", "(".repeat(50), ")".repeat(50))), Ok(()));
    let deep = "(".repeat(100_000);
    assert!(check(&deep).unwrap_err().contains("too deeply"));
}
