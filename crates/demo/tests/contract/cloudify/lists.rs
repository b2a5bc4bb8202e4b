//! Lists of executions and groups to their last page, every filter, every order, and one object as its list shows it.

use std::collections::HashSet;

use longrun_core::dialect::{FilterKind, Key, ServerQuery};
use longrun_core::http::ErrorKind;
use longrun_core::model::Stamp;

use super::*;

fn ids(rows: &[Operation]) -> Vec<&str> {
    rows.iter().map(|op| &*op.id).collect()
}

#[tokio::test]
async fn executions_of_all_tenants_page_to_the_end() {
    let console = console(EXECUTIONS, "admin").await;
    let whole = console.list("executions", &[]).await;
    assert!(whole.len() > 100, "{}", whole.len());
    for op in &whole {
        assert!(!op.unreadable && op.oddities.is_empty(), "{op:?}");
        assert!(matches!(op.created, Stamp::At(_)) && op.tenant.is_some(), "{op:?}");
    }
    for tenant in [DEFAULT, OSAKA] {
        assert!(whole.iter().any(|op| op.tenant.as_deref() == Some(tenant)), "{tenant}");
    }
    let states: HashSet<State> = whole.iter().map(|op| op.state).collect();
    let missing: Vec<_> =
        State::ALL.into_iter().filter(|state| *state != State::Stuck && !states.contains(state)).collect();
    assert_eq!(missing, []);
    assert!(whole.iter().any(|op| op.state == State::Unknown && op.status.is_none()), "the orphan");
    let newest_first = whole.windows(2).all(|pair| pair[0].created.millis() >= pair[1].created.millis());
    assert!(newest_first);

    let paged = console.list("executions", &[("_size", "17")]).await;
    assert_eq!(ids(&paged), ids(&whole));
    assert_eq!(ids(&paged).into_iter().collect::<HashSet<_>>().len(), paged.len(), "no row comes twice");
    let over = resumed(&paged);
    let progress = over.more.as_ref().unwrap().progress.unwrap();
    assert_eq!(progress.percent(), 100, "8 of 7: {progress:?}");
}

fn resumed(rows: &[Operation]) -> &Operation {
    rows.iter().find(|op| &*op.id == "resumed-beyond-total").unwrap()
}

#[tokio::test]
async fn a_tenant_chosen_or_pinned_shows_its_own() {
    let admin = console(EXECUTIONS, "admin").await;
    for kind in ["executions", "groups"] {
        let all = admin.list(kind, &[]).await;
        let mut sum = 0;
        for tenant in [DEFAULT, OSAKA] {
            let own = admin.list(kind, &[("tenant", tenant)]).await;
            assert!(own.iter().all(|op| op.tenant.as_deref() == Some(tenant)), "{kind}");
            sum += own.len();
        }
        assert_eq!(sum, all.len(), "{kind}");
    }
    let pinned = admin.pinned(OSAKA);
    let own = pinned.list("executions", &[("tenant", DEFAULT)]).await;
    assert!(!own.is_empty() && own.iter().all(|op| op.tenant.as_deref() == Some(OSAKA)));
}

/// Each filter with the value that some row has for it leaves only rows with that value, and that one.
#[tokio::test]
async fn every_filter_is_understood_and_keeps_what_it_says() {
    let console = console(EXECUTIONS, "admin").await;
    for kind in ["executions", "groups"] {
        let all = console.list(kind, &[]).await;
        for filter in console.dialect.filters(kind) {
            let Some(of) = filter.value else { continue };
            let Some(row) = all.iter().find(|op| of(op).is_some()) else { panic!("{kind} {}", filter.param) };
            let value = of(row).unwrap();
            let kept = console.list(kind, &[(filter.param, value)]).await;
            assert!(ids(&kept).contains(&&*row.id), "{kind} {}={value}", filter.param);
            assert!(kept.iter().all(|op| of(op) == Some(value)), "{kind} {}={value}", filter.param);
            let expected = all.iter().filter(|op| of(op) == Some(value)).count();
            assert_eq!(kept.len(), expected, "{kind} {}={value}", filter.param);
        }
        for filter in console.dialect.filters(kind).iter().filter(|filter| filter.param == "_sort") {
            let FilterKind::OneOf(orders) = filter.kind else { panic!("_sort takes words") };
            for order in orders {
                assert_eq!(console.list(kind, &[("_sort", order)]).await.len(), all.len(), "{kind} {order}");
            }
        }
    }
    let either = console.list("executions", &[("status", "failed"), ("status", "cancelled")]).await;
    for state in [State::Failed, State::Cancelled] {
        assert!(either.iter().any(|op| op.state == state), "{state:?}");
    }
    assert!(either.iter().all(|op| matches!(op.state, State::Failed | State::Cancelled)));
    let oldest_first = console.list("executions", &[("_sort", "created_at")]).await;
    assert!(oldest_first.windows(2).all(|pair| pair[0].created.millis() <= pair[1].created.millis()));
    let with_system = console.list("executions", &[("_include_system_workflows", "true")]).await;
    assert!(with_system.len() > oldest_first.len());
    assert!(with_system.iter().any(|op| op.fact("is_system_workflow") == Some("true")));
    let history = console.dialect.capabilities("executions").history_by.unwrap();
    let of_one = console.list("executions", &[(history, "db-core")]).await;
    assert!(of_one.len() > 1 && of_one.iter().all(|op| op.target.as_deref() == Some("db-core")));
}

#[tokio::test]
async fn one_execution_is_what_the_list_gave() {
    let console = console(EXECUTIONS, "admin").await;
    let listed = console.list("executions", &[]).await;
    let odd = listed.iter().filter(|op| op.id.contains('?')).count();
    assert_eq!(odd, 1, "an id that breaks addresses");
    for op in listed.iter().filter(|op| op.id.contains('?')).chain(listed.iter().take(30)) {
        let key = in_tenant(&op.id, op.tenant.as_deref().unwrap());
        let shown = console.get("executions", &key).await.unwrap();
        assert_eq!((&shown.id, &shown.status, &shown.created), (&op.id, &op.status, &op.created));
        assert_eq!((&shown.error, &shown.target, &shown.kind), (&op.error, &op.target, &op.kind));
        assert_eq!(shown.body.is_some(), op.body.is_some());
    }
    let osaka = listed.iter().find(|op| op.tenant.as_deref() == Some(OSAKA)).unwrap();
    let error = console.get("executions", &in_tenant(&osaka.id, DEFAULT)).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound, "an id alone does not find it");
    let error = console.get("executions", &Key::of("nothing")).await.unwrap_err();
    assert!(error.message.contains("`nothing` was not found"), "{}", error.message);
}

#[tokio::test]
async fn groups_come_with_their_status_and_members() {
    let console = console(EXECUTIONS, "admin").await;
    let groups = console.list("groups", &[]).await;
    for (id, state) in [
        ("group-patched", State::Succeeded),
        ("group-unwell", State::Failed),
        ("group-running", State::Running),
        ("group-paused", State::Waiting),
    ] {
        let group = groups.iter().find(|group| &*group.id == id).unwrap();
        assert_eq!(group.state, state, "{id}");
        assert!(group.oddities.is_empty(), "{:?}", group.oddities);
        let shown = console.get("groups", &in_tenant(id, DEFAULT)).await.unwrap();
        assert_eq!((shown.state, shown.fact("executions")), (group.state, group.fact("executions")));
        let members = console.list("executions", &[("execution_group_id", id)]).await;
        assert_eq!(Some(members.len().to_string().as_str()), group.fact("executions"), "{id}");
    }
    assert_eq!(console.list("groups", &[("_size", "1")]).await.len(), groups.len());
    let error = console.get("groups", &Key::of("nothing")).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::NotFound);
}

#[tokio::test]
async fn an_offset_past_the_end_is_an_empty_last_page() {
    let console = console(EXECUTIONS, "admin").await;
    let (rows, page) =
        console.page("executions", &ServerQuery { page: Some("100000".into()), params: vec![] }).await;
    assert!(rows.is_empty() && page.next.is_none() && page.total.unwrap() > 0);
}
