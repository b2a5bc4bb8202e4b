//! The query of the operation list: nine filters, exact and combined with AND; unknown parameters are ignored.
//! Sentinel values are taken out here. It must not know how operations are stored.

use crate::fault::Fault;
use crate::odd;

/// The parsed query. A filter that is not given matches everything.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) id: Option<String>,
    /// Any of them; empty means not given.
    pub(crate) resource_ids: Vec<String>,
    pub(crate) resource_type: Option<String>,
    pub(crate) request_id: Option<String>,
    pub(crate) request_type: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) tenant_id: Option<String>,
    /// Leave out operations of appliances that no longer exist.
    pub(crate) no_deleted: bool,
    /// Only the newest operation of each appliance. It is the newest of all, not of those the other filters
    /// leave, so `latest` with a status asks for appliances that are in that state now.
    pub(crate) latest: bool,
    pub(crate) fault: Option<Fault>,
    pub(crate) odd: Option<odd::Family>,
}

impl Filter {
    pub(crate) fn parse(query: &str) -> Self {
        let mut filter = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let known = matches!(
                name.as_ref(),
                "id" | "resource_id"
                    | "resource_type"
                    | "request_id"
                    | "request_type"
                    | "status"
                    | "tenant_id"
            );
            if known && filter.took_sentinel(&value) {
                continue;
            }
            let given = Some(value.to_string());
            match name.as_ref() {
                "id" => filter.id = given,
                "resource_id" => filter.resource_ids.push(value.into_owned()),
                "resource_type" => filter.resource_type = given,
                "request_id" => filter.request_id = given,
                "request_type" => filter.request_type = given,
                "status" => filter.status = given,
                "tenant_id" => filter.tenant_id = given,
                "no_deleted" => filter.no_deleted = value.eq_ignore_ascii_case("true"),
                "latest" => filter.latest = value.eq_ignore_ascii_case("true"),
                _ => {}
            }
        }
        filter
    }

    /// A sentinel says how to answer, so it does not take part in choosing rows.
    fn took_sentinel(&mut self, value: &str) -> bool {
        let (fault, odd) = (Fault::sentinel(value), odd::Family::of_resource(value));
        let taken = fault.is_some() || odd.is_some();
        self.fault = fault.or(self.fault.take());
        self.odd = odd.or(self.odd);
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_resources_booleans_in_any_case_and_unknown_names() {
        let filter = Filter::parse("resource_id=a&resource_id=b&latest=TRUE&no_deleted=True&limit=3&status=");
        assert_eq!(filter.resource_ids, ["a", "b"]);
        assert!(filter.latest && filter.no_deleted);
        assert_eq!(filter.status.as_deref(), Some(""));
        assert_eq!(Filter::parse("latest=nonsense&offset=9"), Filter::default());
    }

    #[test]
    fn values_are_decoded_once() {
        assert_eq!(Filter::parse("id=a%2Fb+c%2525").id.as_deref(), Some("a/b c%25"));
    }

    #[test]
    fn a_sentinel_is_taken_out_of_the_choice() {
        let filter = Filter::parse("request_id=fault-500&status=ERROR");
        assert!(filter.fault.is_some());
        assert_eq!(filter.request_id, None);
        assert_eq!(filter.status.as_deref(), Some("ERROR"));
    }
}
