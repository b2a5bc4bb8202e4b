//! How the objects of an API show themselves outside of the console: in addresses, in bodies, by the form of an id. A
//! dialect says it in a table; what reads the table stands here, once for all of them.

use super::pasted::Pasted;
use super::{Filter, Key, Kind};
use crate::http::encode_query;

/// How the objects of one kind show themselves.
#[derive(Debug)]
pub struct Trace {
    /// The kind.
    pub kind: Kind,
    /// The end of the path of their list, segment by segment; `*` stands for any one.
    pub path: &'static str,
    /// The filters that the stars stand for.
    pub stars: &'static [&'static str],
    /// Members of a body, and parameters of an address, that hold the id of one.
    pub members: &'static [&'static str],
    /// Members beside which `id` is the id of one.
    pub beside: &'static [&'static str],
    /// What its ids look like; the API may still give others.
    pub form: fn(&str) -> bool,
    /// The filter that finds the objects of a request by its id, as an error body tells it.
    pub request: Option<&'static str>,
}

/// By what something is known. Later ones are surer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// It could be an id of any API.
    Word,
    /// Its ids have this form.
    Form,
    /// The body has members that only these have.
    Body,
    /// The path has so many segments in common with those of the API.
    Address(usize),
}

/// What something names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// One object.
    One(Key),
    /// A list, by the search part of the console's own address.
    List(String),
}

/// What a pasted text names on one API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Of which kind.
    pub kind: Kind,
    /// What.
    pub what: What,
    /// Why.
    pub by: By,
}

/// `8-4-4-4-12` hexadecimal digits, or 32 without hyphens.
pub(super) fn is_uuid(id: &str) -> bool {
    let digits = id.bytes().filter(u8::is_ascii_hexdigit).count();
    let hyphens: Vec<usize> = id.match_indices('-').map(|(at, _)| at).collect();
    digits == 32 && digits + hyphens.len() == id.len() && (hyphens.is_empty() || hyphens == [8, 13, 18, 23])
}

/// Digits only, as many as nobody writes by hand.
pub(super) fn is_number(id: &str) -> bool {
    id.len() >= 4 && id.bytes().all(|byte| byte.is_ascii_digit())
}

/// What a text names by these tables.
pub(super) fn named(
    main: Kind,
    traces: &'static [Trace],
    filters: &dyn Fn(Kind) -> &'static [Filter],
    pasted: &Pasted,
) -> Vec<Named> {
    let mut found = vec![];
    for trace in traces {
        let one = |by, id: &str| {
            let tenant = ["tenant_name", "tenant"].iter().find_map(|name| pasted.member(name));
            let tenant = tenant.filter(|_| by == By::Body).map(str::to_owned);
            Named { kind: trace.kind, what: What::One(Key { id: id.to_owned(), tenant }), by }
        };
        found.extend(in_address(trace, filters(trace.kind), pasted));
        let by_name = trace.members.iter().find_map(|name| pasted.member(name));
        let beside = trace.beside.iter().any(|name| pasted.member(name).is_some());
        let id = by_name.or_else(|| pasted.member("id").filter(|_| beside));
        found.extend(id.map(|id| one(By::Body, id)));
        let request = trace.request.zip(pasted.member("request_id").or_else(|| pasted.member("requestId")));
        if let Some(request) = request.filter(|_| id.is_none()) {
            found.push(Named { kind: trace.kind, what: What::List(encode_query([request])), by: By::Body });
        }
    }
    // A bare id is one of the main kind.
    if found.is_empty() && !pasted.word.is_empty() {
        let looks_so = traces.first().is_some_and(|trace| (trace.form)(&pasted.word));
        let by = if looks_so { By::Form } else { By::Word };
        found.push(Named { kind: main, what: What::One(Key::of(pasted.word.clone())), by });
    }
    found
}

fn in_address(trace: &Trace, filters: &'static [Filter], pasted: &Pasted) -> Option<Named> {
    let pattern: Vec<&str> = trace.path.split('/').collect();
    let fits =
        |part: &[String]| part.iter().zip(&pattern).all(|(part, wanted)| *wanted == "*" || part == wanted);
    let mut windows = pasted.segments.windows(pattern.len()).enumerate();
    // The last one: an id may read like the path.
    let (at, matched) = windows.rfind(|(_, part)| fits(part))?;
    let by = By::Address(pattern.len());
    let id = pasted.segments.get(at + pattern.len()).filter(|id| !id.trim().is_empty());
    let pairs = pasted.pairs();
    let mut ids = pairs.iter().filter(|(name, id)| name == "id" && !id.trim().is_empty()).map(|(_, id)| id);
    let only = ids.next().filter(|_| ids.next().is_none());
    if let Some(id) = id.or(only) {
        return Some(Named { kind: trace.kind, what: What::One(Key::of(id.clone())), by });
    }
    let stars =
        matched.iter().zip(&pattern).filter(|(_, wanted)| **wanted == "*").map(|(part, _)| part.as_str());
    let places = trace.stars.iter().copied().zip(stars).filter(|(_, place)| *place != "-");
    // The console's own addresses have taken this name.
    let ours = |name: &str| if name == "state" { "operation_state" } else { name }.to_owned();
    let asked = pairs.iter().map(|(name, value)| (ours(name), value.as_str()));
    let asked = asked.filter(|(name, _)| filters.iter().any(|filter| filter.param == name));
    let search = encode_query(places.map(|(name, place)| (name.to_owned(), place)).chain(asked));
    Some(Named { kind: trace.kind, what: What::List(search), by })
}
