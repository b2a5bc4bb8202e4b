//! Lists: what is asked for arrives, nothing else does, and a pinned tenant cannot be left.

use longrun_core::dialect::{BuildError, Filter, FilterKind, Paging, ServerQuery};
use longrun_core::http::ApiRequest;

use crate::{Case, HARD_VALUE, cases, endpoint, pieces};

/// Values that a filter of this kind may take, the hardest first.
fn samples(filter: &Filter) -> Vec<String> {
    let texts: &[&str] = match filter.kind {
        FilterKind::Flag(_) => &["true"],
        FilterKind::Number => &["7"],
        FilterKind::Checked(check) => {
            let quoted = format!("name=\"{HARD_VALUE}\"");
            let range = "timestamp,2026-11-21T03:47:17.000Z,".to_owned();
            return [HARD_VALUE.to_owned(), quoted, "a".into(), range]
                .into_iter()
                .filter(|text| check(text).is_ok())
                .collect();
        }
        _ => &[HARD_VALUE, "sample"],
    };
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// The list with one filter set, beside what the API needs; without the latter where both together make no sense.
fn with(case: &Case, filter: &Filter, value: &str) -> Result<ApiRequest, BuildError> {
    let at = endpoint(None);
    let mut params = case.needed(&at);
    params.retain(|(name, _)| *name != filter.param);
    params.push((filter.param, value.to_owned()));
    let both = case.dialect.list(&at, case.kind, &ServerQuery::new(params));
    both.or_else(|_| {
        case.dialect.list(&at, case.kind, &ServerQuery::new(vec![(filter.param, value.to_owned())]))
    })
}

#[test]
fn every_filter_arrives_encoded_and_alone() {
    for case in cases() {
        let Some(bare) = case.list(&endpoint(None)) else { continue };
        let before = pieces(&bare);
        for filter in case.filters() {
            let name = format!("{} {}", case.name(), filter.param);
            let built = samples(filter)
                .into_iter()
                .find_map(|value| Some((with(&case, filter, &value).ok()?, value)));
            let (request, value) = built.unwrap_or_else(|| panic!("{name}: no value is taken"));
            assert!(
                request.url.is_ascii() && !request.url.contains([' ', '#', '<']),
                "{name}: {}",
                request.url
            );
            let added: Vec<_> =
                pieces(&request).into_iter().filter(|piece| !before.contains(piece)).collect();
            assert_eq!(added.len(), 1, "{name}: one filter adds one piece: {added:?}");
            let is_flag = matches!(filter.kind, FilterKind::Flag(_));
            assert!(is_flag || added[0].1 == value, "{name}: {added:?}");
        }
    }
}

#[test]
fn a_filter_that_is_not_set_is_not_sent() {
    for case in cases() {
        let Some(bare) = case.list(&endpoint(None)) else { continue };
        let needed = case.needed(&endpoint(None));
        // What steers (order, size of a page) has a default of ours; what narrows has none. A list that stands beside
        // something else is steered by us altogether.
        let listed = case.dialect.kind(case.kind).is_some_and(|table| table.listed);
        let narrows = |filter: &&Filter| {
            listed && !filter.param.starts_with('_') && !matches!(filter.kind, FilterKind::Number)
        };
        for filter in case.filters().iter().filter(narrows) {
            let sent = pieces(&bare).iter().any(|(name, _)| *name == format!("query {}", filter.param));
            let asked = needed.iter().any(|(name, _)| *name == filter.param);
            assert!(asked || !sent, "{}: {}: {}", case.name(), filter.param, bare.url);
        }
    }
}

#[test]
fn pages_are_asked_for_by_what_named_them() {
    for case in cases() {
        let can = case.dialect.capabilities(case.kind);
        if !can.list || can.paging != Paging::Pages {
            continue;
        }
        let at = endpoint(None);
        let bare = case.list(&at).unwrap();
        // The name of a page is the server's and opaque; numbers are the ones that offsets can be made of.
        let page = |name: &str| {
            let query = ServerQuery { page: Some(name.into()), ..ServerQuery::new(case.needed(&at)) };
            case.dialect.list(&at, case.kind, &query).unwrap()
        };
        assert_ne!(page("40"), bare, "{}", case.name());
        assert_ne!(page("40"), page("80"), "{}", case.name());
        assert!(
            pieces(&page("40")).iter().any(|(_, value)| value == "40"),
            "{}: {}",
            case.name(),
            page("40").url
        );
    }
}

#[test]
fn what_a_kind_does_not_list_cannot_be_asked_for() {
    for case in cases().into_iter().filter(|case| !case.dialect.capabilities(case.kind).list) {
        let refused = case.dialect.list(&endpoint(None), case.kind, &ServerQuery::default());
        assert_eq!(refused.unwrap_err(), BuildError::NotOffered, "{}", case.name());
    }
}

#[test]
fn a_list_needs_a_base() {
    for case in cases().into_iter().filter(|case| case.dialect.capabilities(case.kind).list) {
        let mut nowhere = endpoint(None);
        let query = ServerQuery::new(case.needed(&nowhere));
        nowhere.base = "/".into();
        assert_eq!(
            case.dialect.list(&nowhere, case.kind, &query).unwrap_err(),
            BuildError::NoBase,
            "{}",
            case.name()
        );
    }
}

#[test]
fn a_pinned_tenant_is_always_sent_and_never_another() {
    for case in cases().into_iter().filter(Case::has_tenants) {
        let at = endpoint(Some("mine"));
        if !case.dialect.capabilities(case.kind).list {
            continue;
        }
        let mut asked = vec![case.needed(&at)];
        if let Some(by) = case.dialect.capabilities(case.kind).tenant_by {
            let other = [case.needed(&at), vec![(by, "other".to_owned())]].concat();
            asked.push(other.clone());
            asked.push([other, vec![(by, "other".to_owned())]].concat());
        }
        for params in asked {
            let request = case.dialect.list(&at, case.kind, &ServerQuery::new(params)).unwrap();
            let all = pieces(&request);
            assert!(all.iter().any(|(_, value)| value == "mine"), "{}: {all:?}", case.name());
            assert!(all.iter().all(|(_, value)| !value.contains("other")), "{}: {all:?}", case.name());
        }
    }
}
