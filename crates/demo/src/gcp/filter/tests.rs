//! The filter language as an operator types it: what it chooses, and what it refuses with which words.

use super::*;
use crate::gcp::operation::{Cancel, Ending, Operation};

fn operation() -> Operation {
    Operation {
        project: "demo",
        location: "us-central1",
        id: "op-1".into(),
        verb: "create",
        target: "projects/demo/locations/us-central1/evaluations/sap-hana-prod".into(),
        made_ms: 1_795_132_800_000,
        ends_ms: 1_795_132_860_000,
        nanos: 0,
        ending: Ending::Failed { code: 9, message: "No Resources".into(), details: vec![] },
        cancel: Cancel::Stops(1),
        asked_ms: None,
        resources: 10,
        deleted: false,
    }
}

/// Whether the filter holds for an operation that failed.
fn holds(text: &str) -> bool {
    let filter = Filter::parse(text).unwrap_or_else(|trouble| panic!("{text}: {trouble}"));
    filter.matches(&operation().standing(1_795_132_900_000))
}

#[test]
fn fields_and_comparisons() {
    for text in [
        "",
        "  ",
        "done=true",
        "done != false",
        "error.code=9 error.code>8 error.code<=9",
        "error.code != 1",
        "metadata.verb = create",
        "metadata.verb=\"cr*\"",
        "metadata.verb != delete",
        "metadata.target:sap-hana",
        "name:\"/operations/op-1\"",
        "name=\"projects/demo/*\"",
        "metadata.createTime >= \"2026-11-20T00:00:00Z\"",
        "metadata.create_time = '2026-11-20T09:00:00+09:00'",
        "metadata.end_time > \"2026-11-20T00:00:59.999Z\"",
        "metadata.requestedCancellation=false",
        "metadata.api_version = v1",
        "error:* metadata:* NOT response:*",
        "error.message = \"No Resources\"",
        "SAP-hana",
        "\"no resources\"",
    ] {
        assert!(holds(text), "{text}");
    }
    for text in [
        "done=false",
        "metadata.verb=Create",
        "metadata.verb=creat",
        "response:*",
        "metadata.createTime < \"2026-11-20T00:00:00Z\"",
        "nothing-of-the-kind",
        "-done=true",
    ] {
        assert!(!holds(text), "{text}");
    }
}

#[test]
fn what_is_not_set_matches_nothing() {
    let running = operation();
    let running = running.standing(1_795_132_830_000);
    for text in ["error.code!=1", "error.code=9", "metadata.endTime != \"2026-11-20T00:00:00Z\"", "error:*"] {
        assert!(!Filter::parse(text).unwrap().matches(&running), "{text}");
        assert!(Filter::parse(&format!("NOT {text}")).unwrap().matches(&running), "{text}");
    }
    assert!(Filter::parse("metadata.statusMessage:\"5 of 10\"").unwrap().matches(&running));
}

#[test]
fn or_binds_tighter_than_and() {
    assert!(holds("done=true AND metadata.verb=delete OR error.code=9"));
    assert!(!holds("done=false AND metadata.verb=delete OR error.code=9"));
    assert!(!holds("metadata.verb=create OR done=true done=false"));
    assert!(holds("(done=false AND metadata.verb=delete) OR error.code=9"));
    assert!(holds("NOT (done=false OR metadata.verb=delete) -(error.code=1)"));
    assert!(!holds("done=true and"), "only AND in capitals joins; this searches for the word");
}

#[test]
fn what_makes_no_sense_is_refused_in_words() {
    for (text, said) in [
        ("state=DONE", "there is no field 'state'"),
        ("metadata.color=red", "there is no field 'metadata.color'"),
        ("done=maybe", "it takes true or false"),
        ("done>true", "only = and !="),
        ("error.code=NOT_FOUND", "whole number"),
        ("metadata.createTime>yesterday", "time of RFC 3339"),
        ("error=5", "only be asked for with :*"),
        ("done=", "lacks a value"),
        ("done=true AND", "missing at the end"),
        ("OR done=true", "unexpected OR at position 0"),
        ("(done=true", "is not closed"),
        ("done=true)", "unexpected ) at position 9"),
        ("done=\"true", "quote at position 5"),
        ("= true", "unexpected a comparison at position 0"),
        ("\"done\"=true", "field name is needed"),
        ("done=(true OR false)", "list of values"),
        ("timestamp(x)", "functions such as timestamp"),
        ("metadata.createTime>2026-11-20T10:00:00Z", "time of RFC 3339"),
        ("name=a:b", "needs quotes"),
        ("a!b", "unexpected '!'"),
    ] {
        let trouble = Filter::parse(text).unwrap_err();
        assert!(trouble.contains(said), "{text}: {trouble}");
    }
    let deep = format!("{}done=true{}", "(".repeat(1000), ")".repeat(1000));
    assert!(Filter::parse(&deep).unwrap_err().contains("nested"));
}

#[test]
fn a_sentinel_chooses_nothing_and_can_be_found() {
    let filter = Filter::parse("done=true AND (error.code=fault-429 OR fault-slow-3)").unwrap();
    assert_eq!(filter.sentinels(), ["fault-429", "fault-slow-3"]);
    assert!(holds("done=true metadata.verb=fault-slow"));
}
