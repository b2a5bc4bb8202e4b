//! What goes over the wire: ids stay whole, the token is in every request and shown nowhere, a pinned tenant wins.

use longrun_core::dialect::{ActionCall, BuildError, Endpoint, Key, Reach, ServerQuery};
use longrun_core::export::curl;
use longrun_core::http::sign_in::{Session, SignIn, SignInKind};
use longrun_core::http::{ApiRequest, HeaderValue, Secret, decode_segment};

use crate::{Case, TOKEN, cases, dialects, endpoint, pieces};

/// Ids that break naive URL building.
const HARD_IDS: [&str; 8] =
    ["a/b", "a?b=c", "a#b", "100%", "a b", "%2F", "東京-オペ", "\u{202e}gnp.exe<script>"];

/// The request for a hard id is that for the id `plain` with the id in its place, in one segment or value.
fn same_but_for_the_id(name: &str, plain: &ApiRequest, hard: &ApiRequest, id: &str) {
    assert!(hard.url.is_ascii() && !hard.url.contains(['#', ' ', '<']), "{name}: {}", hard.url);
    let segments = |request: &ApiRequest| -> Vec<String> {
        let path = request.url.split('?').next().unwrap();
        path.split('/').map(decode_segment).collect()
    };
    let (before, after) = (segments(plain), segments(hard));
    assert_eq!(before.len(), after.len(), "{name}: {id} does not stay one segment: {}", hard.url);
    for (before, after) in before.iter().zip(&after) {
        assert!(before == after || before.replace("plain", id) == *after, "{name}: {}", hard.url);
    }
    assert_ne!(pieces(plain), pieces(hard), "{name}: the id is nowhere");
}

#[test]
fn hard_ids_stay_one_segment() {
    for case in cases().into_iter().filter(|case| case.dialect.capabilities(case.kind).get) {
        let at = endpoint(None);
        let plain = case.dialect.get(&at, case.kind, &case.key("plain")).unwrap();
        let mut built = 0;
        for id in HARD_IDS {
            match case.dialect.get(&at, case.kind, &case.key(id)) {
                Ok(hard) => {
                    same_but_for_the_id(&case.name(), &plain, &hard, id);
                    built += 1;
                }
                // An API whose ids have a form of their own may refuse what does not have it.
                Err(BuildError::Invalid(why)) => {
                    assert!(why.ends_with('.') && id.contains('/'), "{id}: {why}");
                }
                Err(other) => panic!("{}: {id}: {other}", case.name()),
            }
            for (action, key) in
                case.actions(id).into_iter().filter(|(action, _)| action.reach == Reach::Item)
            {
                let plain = case.calls(&at, action, &case.key("plain"));
                for ((_, plain), (_, hard)) in plain.iter().zip(case.calls(&at, action, &key)) {
                    same_but_for_the_id(&format!("{} {}", case.name(), action.id), plain, &hard, id);
                }
            }
        }
        assert!(built >= HARD_IDS.len() - 1, "{}", case.name());
    }
}

#[test]
fn what_a_kind_does_not_show_cannot_be_asked_for() {
    for case in cases().into_iter().filter(|case| !case.dialect.capabilities(case.kind).get) {
        let refused = case.dialect.get(&endpoint(None), case.kind, &case.key("plain"));
        assert_eq!(refused.unwrap_err(), BuildError::NotOffered, "{}", case.name());
    }
}

/// An empty id would turn *show* into *list* and *delete* into *delete all*; a browser folds dots away, encoded or not.
#[test]
fn what_names_nothing_is_refused_everywhere() {
    for case in cases() {
        let at = endpoint(None);
        let key = |id: String| Key { id, tenant: Some("mine".into()) };
        for empty in ["", " ", "\t"] {
            if case.dialect.capabilities(case.kind).get {
                let refused = case.dialect.get(&at, case.kind, &key(empty.into())).unwrap_err();
                assert_eq!(refused, BuildError::EmptyId, "{}", case.name());
            }
            refused(&case, &key(empty.into()), |error| error == BuildError::EmptyId);
        }
        for dots in [".", ".."] {
            if case.dialect.capabilities(case.kind).get {
                let refused = case.dialect.get(&at, case.kind, &key(case.id(dots)));
                assert!(
                    matches!(refused, Err(BuildError::Invalid(_))),
                    "{}: {dots}: {refused:?}",
                    case.name()
                );
            }
            refused(&case, &key(case.id(dots)), |error| matches!(error, BuildError::Invalid(_)));
        }
        let nowhere = || Endpoint { base: String::new(), ..endpoint(None) };
        if case.dialect.capabilities(case.kind).get {
            let refused = case.dialect.get(&nowhere(), case.kind, &case.key("x")).unwrap_err();
            assert_eq!(refused, BuildError::NoBase, "{}", case.name());
        }
    }
}

/// Every way to fill every action on one item is refused for this key.
fn refused(case: &Case, key: &Key, fits: fn(BuildError) -> bool) {
    for action in case.dialect.actions(case.kind).iter().filter(|action| action.reach == Reach::Item) {
        for inputs in crate::fillings(action) {
            let call = ActionCall { action: action.id, key: key.clone(), inputs };
            let name = format!("{} {} {:?}", case.name(), action.id, key.id);
            match case.dialect.act(&endpoint(None), case.kind, &call) {
                Ok(request) => panic!("{name}: {request:?}"),
                Err(BuildError::Missing(_)) => {}
                Err(error) => assert!(fits(error.clone()), "{name}: {error}"),
            }
        }
    }
}

#[test]
fn the_token_is_in_every_request_and_shown_nowhere() {
    for case in cases() {
        let token = case.dialect.describe().token;
        let sent = format!("{}{TOKEN}", token.prefix);
        let requests = case.requests(&endpoint(None), "plain");
        assert!(!requests.is_empty());
        for (what, request) in requests {
            let name = format!("{} {what}", case.name());
            let carried = request.headers.iter().any(|(known, value)| {
                *known == token.header
                    && matches!(value, HeaderValue::Secret(secret) if secret.reveal() == sent)
            });
            assert!(carried, "{name}: {:?}", request.headers);
            assert!(!format!("{request:?}").contains(TOKEN), "{name}");
            assert!(!request.url.contains(TOKEN), "{name}");
            assert!(!curl(&request, "https://console.example").contains(TOKEN), "{name}");
            if request.body.is_some() {
                let form = ("x-http-method-override", HeaderValue::Plain("GET".into()));
                let json = ("content-type", HeaderValue::Plain("application/json".into()));
                assert!(request.headers.contains(&json) || request.headers.contains(&form), "{name}");
            }
        }
        let unsigned = Endpoint { session: None, ..endpoint(None) };
        for (what, request) in case.requests(&unsigned, "plain") {
            let carried = request.headers.iter().any(|(name, _)| *name == token.header);
            assert!(!carried, "{} {what}", case.name());
        }
    }
    assert!(!format!("{:?}", endpoint(None)).contains(TOKEN));
}

#[test]
fn a_pinned_tenant_wins_everywhere() {
    for case in cases().into_iter().filter(Case::has_tenants) {
        let at = endpoint(Some("mine"));
        let other = |key: Key| Key { tenant: Some("other".into()), ..key };
        let mut requests = vec![];
        if case.dialect.capabilities(case.kind).get {
            requests.push(case.dialect.get(&at, case.kind, &other(case.key("plain"))).unwrap());
        }
        for (action, key) in case.actions("plain") {
            requests.extend(case.calls(&at, action, &other(key)).into_iter().map(|(_, request)| request));
        }
        let count = requests.len();
        if let Some(by) = case.dialect.capabilities(case.kind).tenant_by {
            let query = ServerQuery::new([case.needed(&at), vec![(by, "other".to_owned())]].concat());
            let choices =
                case.filters().iter().filter_map(|filter| case.dialect.choices(&at, &query, filter.param));
            requests.extend(choices.map(Result::unwrap));
        }
        for (number, request) in requests.into_iter().enumerate() {
            let all = pieces(&request);
            assert!(all.iter().all(|(_, value)| !value.contains("other")), "{}: {all:?}", case.name());
            // Which tenants there are is no tenant's own question.
            let told = number >= count
                || !case.dialect.capabilities(case.kind).keyed_by_tenant
                || all.iter().any(|(_, value)| value.contains("mine"));
            assert!(told, "{}: the tenant is not told: {all:?}", case.name());
        }
        // Where the tenant is a part of the id, an id of another tenant is refused.
        let id = case.id("plain");
        if id != "plain" {
            let foreign = Key::of(id.replace("mine", "other"));
            assert!(
                matches!(case.dialect.get(&at, case.kind, &foreign), Err(BuildError::Invalid(_))),
                "{}",
                case.name()
            );
            refused_when_pinned(&case, &foreign);
        }
    }
}

fn refused_when_pinned(case: &Case, key: &Key) {
    for action in case.dialect.actions(case.kind).iter().filter(|action| action.reach == Reach::Item) {
        assert!(case.calls(&endpoint(Some("mine")), action, key).is_empty(), "{} {}", case.name(), action.id);
    }
}

#[test]
fn sign_in_secrets_are_shown_nowhere() {
    const SECRET: &str = "hunter2-pässword";
    for dialect in dialects() {
        for kind in dialect.describe().sign_in {
            let way = SignIn { kind: *kind, url: "https://id.example/v3".into(), project: "p".into() };
            let request = way.request("https://api.example/base", "operator", &Secret::new(SECRET));
            assert_eq!(request.is_some(), kind.asks().pair.is_some(), "{}: {kind:?}", dialect.id());
            let session = Session::pasted(Secret::new(TOKEN));
            let end = way.sign_out("https://api.example/base", &session);
            for request in request.into_iter().chain(end) {
                for shown in
                    [format!("{request:?}"), curl(&request, "https://x.example"), request.url.clone()]
                {
                    for secret in [SECRET, TOKEN, "hunter2", "aHVudGVyM", "b3BlcmF0b3I6"] {
                        assert!(!shown.contains(secret), "{}: {shown}", dialect.id());
                    }
                }
            }
        }
        assert_ne!(dialect.describe().sign_in[0], SignInKind::None, "{}: anyone may?", dialect.id());
    }
}
