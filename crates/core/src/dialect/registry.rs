//! Every dialect, one line each. The conformance suite, the connection form and the router iterate over this list.

use super::{Dialect, cloudify, ecl_vna, google_lro, xiq};

/// Every dialect the console speaks.
pub const ALL: &[&dyn Dialect] =
    &[&cloudify::EXECUTIONS, &cloudify::OPERATIONS, &xiq::Xiq, &google_lro::GoogleLro, &ecl_vna::EclVna];

/// The dialect of that id.
pub fn find(id: &str) -> Option<&'static dyn Dialect> {
    ALL.iter().copied().find(|dialect| dialect.id() == id)
}
