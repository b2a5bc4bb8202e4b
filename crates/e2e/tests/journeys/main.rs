//! Operator journeys through the release bundle, under the production policy, in a real browser.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "helpers of tests fail by panicking, as tests do"
)]

mod accessible;
mod bad_bodies;
mod bad_input;
mod budget;
mod cloudify;
mod cloudify_axe;
mod cloudify_groups;
mod cloudify_guard;
mod cloudify_ladder;
mod cloudify_many;
mod connect;
mod connect_looks;
mod connections;
mod controls;
mod faults;
mod filters;
mod front;
mod google;
mod keyboard;
mod languages;
mod live;
mod looks;
mod main_path;
mod now_all;
mod now_cards;
mod now_failures;
mod palette;
mod palette_keyboard_only;
mod query_language;
mod settings;
mod speed;
mod storage;
mod store_views;
mod store_watch;
mod table_columns;
mod table_comfort;
mod table_export;
mod table_narrow;
mod table_selection;
mod trust_budget;
mod trust_faults;
mod trust_hold;
mod trust_marks;
mod trust_offline;
mod trust_panels;
mod trust_tabs;
mod xiq;
mod xiq_google_bad;
