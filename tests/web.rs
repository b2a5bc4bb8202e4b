//! Component tests: parts of the console in a real browser, without a server. Logic belongs to core; what is tested
//! here needs a page: identity of elements, focus, live regions, and that nothing runs on after a part is gone.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking, as tests do"
)]
#![cfg(target_arch = "wasm32")]

mod web {
    pub mod acting;
    pub mod budget;
    pub mod dialog;
    pub mod elements;
    pub mod kept;
    pub mod list;
    pub mod page;
    pub mod pages;
    pub mod tenants;
    pub mod tree;
}

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
