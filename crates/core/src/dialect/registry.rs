//! Every dialect, one line each. The conformance suite, the connection form and the router iterate over this list.

use super::{Dialect, cloudify, ecl_vna};

/// Every dialect the console speaks.
pub const ALL: &[&dyn Dialect] = &[&ecl_vna::EclVna, &cloudify::EXECUTIONS, &cloudify::OPERATIONS];

/// The dialect of that id.
pub fn find(id: &str) -> Option<&'static dyn Dialect> {
    ALL.iter().copied().find(|dialect| dialect.id() == id)
}
