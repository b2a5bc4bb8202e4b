//! The nine filters of the list, by comparing what they leave with what the whole list holds.

use std::collections::{HashMap, HashSet};

use super::*;

/// Everything, and what `query` leaves of it.
async fn both(query: &str) -> (Vec<Value>, Vec<Value>) {
    let demo = demo();
    (rows(&demo, "").await, rows(&demo, query).await)
}

#[tokio::test]
async fn exact_fields_leave_exactly_the_equal_rows() {
    let all = rows(&demo(), "").await;
    let with_request = all.iter().find(|row| !text(row, "request_id").is_empty()).unwrap();
    for field in ["id", "resource_id", "resource_type", "request_id", "request_type", "status", "tenant_id"] {
        let value = text(with_request, field).to_owned();
        let expected: Vec<_> = all.iter().filter(|row| text(row, field) == value).cloned().collect();
        assert!(!expected.is_empty());
        let (_, found) = both(&format!("{field}={value}")).await;
        assert_eq!(found, expected, "{field}={value}");
        let (_, none) = both(&format!("{field}={value}x")).await;
        assert!(none.is_empty(), "{field} must match the whole value");
    }
}

#[tokio::test]
async fn the_status_is_matched_as_written_and_unset_requests_by_an_empty_value() {
    let (all, upper) = both("status=COMPLETE").await;
    let (_, title) = both("status=Complete").await;
    assert!(!upper.is_empty() && !title.is_empty());
    assert!(title.iter().all(|row| row["status"] == "Complete"));
    assert!(upper.len() > 5 * title.len());
    let (_, unset) = both("request_id=").await;
    assert_eq!(unset.len(), all.iter().filter(|row| row["request_id"] == "").count());
}

#[tokio::test]
async fn resource_ids_repeat_and_mean_any_of_them() {
    let all = rows(&demo(), "").await;
    let ids: Vec<_> = {
        let mut seen = HashSet::new();
        all.iter().map(|row| text(row, "resource_id")).filter(|id| seen.insert(*id)).take(2).collect()
    };
    let (_, found) = both(&format!("resource_id={}&resource_id={}", ids[0], ids[1])).await;
    let expected: Vec<_> =
        all.iter().filter(|row| ids.contains(&text(row, "resource_id"))).cloned().collect();
    assert_eq!(found, expected);
    assert!(ids.iter().all(|id| found.iter().any(|row| text(row, "resource_id") == *id)));
}

#[tokio::test]
async fn latest_is_the_newest_of_each_appliance() {
    let (all, found) = both("latest=true").await;
    let mut newest: HashMap<&str, &Value> = HashMap::new();
    for row in &all {
        newest.entry(text(row, "resource_id")).or_insert(row);
    }
    assert_eq!(found.len(), newest.len());
    assert!(found.iter().all(|row| newest[text(row, "resource_id")] == row));
    // With another filter: appliances whose newest operation is so, not the newest that is so.
    let (_, failed) = both("latest=TRUE&status=ERROR").await;
    let expected: Vec<_> = found.iter().filter(|row| row["status"] == "ERROR").cloned().collect();
    assert_eq!(failed, expected);
    assert!(!failed.is_empty());
}

#[tokio::test]
async fn no_deleted_hides_every_operation_of_deleted_appliances() {
    let (all, found) = both("no_deleted=true").await;
    let is_done = |row: &&Value| text(row, "status").eq_ignore_ascii_case("COMPLETE");
    let gone: HashSet<_> = all
        .iter()
        .filter(|row| row["request_type"] == "Delete")
        .filter(is_done)
        .map(|row| text(row, "resource_id"))
        .collect();
    assert!(gone.len() > 5);
    let expected: Vec<_> =
        all.iter().filter(|row| !gone.contains(text(row, "resource_id"))).cloned().collect();
    assert_eq!(found, expected);
    assert!(found.iter().any(|row| row["request_type"] == "Delete"), "a failed delete deletes nothing");
}

#[tokio::test]
async fn filters_are_combined_with_and() {
    let (all, found) =
        both("request_type=Update&status=COMPLETE&tenant_id=9ae2b07c4d1e4f6a8b3c5d7e9f012345").await;
    let expected: Vec<_> = all
        .into_iter()
        .filter(|row| {
            row["request_type"] == "Update" && row["status"] == "COMPLETE" && row["tenant_id"] == OSAKA
        })
        .collect();
    assert!(!expected.is_empty());
    assert_eq!(found, expected);
}

#[tokio::test]
async fn unknown_parameters_and_unreadable_booleans_are_ignored() {
    let (all, found) = both("limit=3&offset=5&sort=id&latest=perhaps&no_deleted=&foo").await;
    assert_eq!(found, all);
    assert_eq!(all.len(), 500);
}

#[tokio::test]
async fn the_list_is_newest_first_and_shaped_like_the_documents_say() {
    let all = rows(&demo(), "").await;
    let times: Vec<_> = all.iter().map(|row| text(row, "reception_datetime")).collect();
    assert!(times.is_sorted_by(|newer, older| newer >= older));
    let tenants: HashSet<_> = all.iter().map(|row| text(row, "tenant_id")).collect();
    let appliances: HashSet<_> = all.iter().map(|row| text(row, "resource_id")).collect();
    assert!(tenants.len() >= 4 && (60..200).contains(&appliances.len()), "{}", appliances.len());
    let bodies = |of: fn(&Value) -> bool| all.iter().filter(|row| of(&row["request_body"])).count();
    assert!(bodies(Value::is_object) > 100 && bodies(Value::is_string) > 50 && bodies(Value::is_null) > 5);
    for kind in ["Create", "Update", "Delete", "Action"] {
        assert!(all.iter().any(|row| row["request_type"] == kind), "{kind}");
    }
    let known = ["PROCESSING", "COMPLETE", "ERROR", "STUCK"];
    let unlisted =
        all.iter().filter(|row| !known.contains(&text(row, "status").to_uppercase().as_str())).count();
    assert!((1..=6).contains(&unlisted), "{unlisted}");
    let causes: HashSet<_> =
        all.iter().map(|row| text(row, "error").split(' ').take(2).collect::<Vec<_>>().join(" ")).collect();
    assert!(causes.len() >= 5, "{causes:?}");
}

#[tokio::test]
async fn create_bodies_name_the_appliance_and_hold_secrets() {
    let created = rows(&demo(), "request_type=Create").await;
    let body = created
        .iter()
        .find(|row| row["request_body"].is_object() && row["warning"].is_null())
        .map(|row| &row["request_body"]["virtual_network_appliance"])
        .unwrap();
    assert!(body["interfaces"]["interface_1"]["fixed_ips"][0]["ip_address"].is_string());
    assert!(text(body, "name").split('-').count() == 3);
    assert!(text(&body["initial_config"], "admin_password").starts_with("Lr-"));
}
