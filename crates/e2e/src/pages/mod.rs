//! The console's pages as an operator sees them: what can be read there and done. They must not know how it is drawn.

mod acting;
pub mod cloudify;
mod detail;
pub mod google;
pub mod keeping;
mod list;
mod palette;
mod shell;
mod sign_in;
mod table;
mod waiting;
pub mod xiq;

pub use acting::Acting;
pub use detail::Detail;
pub use google::Google;
pub use keeping::Keeping;
pub use list::List;
pub use palette::Palette;
pub use sign_in::Account;
pub use table::{Row, Table};
pub use xiq::Xiq;

use crate::stage::Stage;

/// The list of the first demo connection.
pub const LIST: &str = "/c/ecl-demo/operations";

impl Stage {
    /// The list on the screen.
    pub fn list(&self) -> List<'_> {
        List::on(self)
    }

    /// The operation on the screen.
    pub fn detail(&self) -> Detail<'_> {
        Detail::on(self)
    }
}

/// `1,234` as a number; None where it is none.
pub fn number(text: &str) -> Option<usize> {
    text.replace(',', "").parse().ok()
}
