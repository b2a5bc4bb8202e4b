//! Time zones, from the browser's own tables: offsets and names. Formatting is arithmetic of ours on top, so that
//! forty rows cost forty additions and not forty calls into the browser.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Reflect};
use longrun_core::text::t;
use longrun_core::time::{self, Millis};
use wasm_bindgen::{JsCast, JsValue};

/// Offsets change on quarter hours at the finest.
const QUARTER: i64 = 15 * time::MINUTE;

/// The zone in which times are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Zone {
    /// That of the machine.
    #[default]
    Local,
    /// UTC.
    Utc,
    /// By its name in the tz database, such as `Asia/Tokyo`.
    Named(String),
}

impl Zone {
    /// In URLs and settings.
    pub fn slug(&self) -> &str {
        match self {
            Zone::Local => "local",
            Zone::Utc => "utc",
            Zone::Named(name) => name,
        }
    }

    /// Reads a slug; `None` where the browser does not know the zone.
    pub fn from_slug(slug: &str) -> Option<Zone> {
        match slug {
            "" | "local" => Some(Zone::Local),
            _ if slug.eq_ignore_ascii_case("utc") => Some(Zone::Utc),
            // As the browser spells it: names are known in any case, and some have two.
            _ => {
                formatter(Some(slug), &[]).map(|zone| Zone::Named(name_in(&zone).unwrap_or(slug.to_owned())))
            }
        }
    }
}

/// Minutes that the zone is ahead of UTC at that instant.
pub fn offset_minutes(zone: &Zone, at: Millis) -> i32 {
    if matches!(zone, Zone::Utc) {
        return 0;
    }
    let quarter = at.0.div_euclid(QUARTER);
    OFFSETS.with_borrow_mut(|known| {
        if known.zone != *zone {
            *known = Offsets { zone: zone.clone(), by_quarter: Vec::new() };
        }
        match known.by_quarter.binary_search_by_key(&quarter, |(quarter, _)| *quarter) {
            Ok(at) => known.by_quarter.get(at).map_or(0, |(_, offset)| *offset),
            Err(place) => {
                let offset = match zone {
                    Zone::Utc => 0,
                    Zone::Local => local_offset(at),
                    Zone::Named(name) => named_offset(name, at).unwrap_or(0),
                };
                known.by_quarter.insert(place, (quarter, offset));
                offset
            }
        }
    })
}

/// Offsets asked for so far, of the zone that was asked for last: a page shows one.
#[derive(Default)]
struct Offsets {
    zone: Zone,
    /// Ascending. A list over thirty days has three thousand quarters.
    by_quarter: Vec<(i64, i32)>,
}

thread_local! {
    static OFFSETS: RefCell<Offsets> = RefCell::default();
    static NAMES: RefCell<Vec<(String, String)>> = RefCell::default();
}

/// `2026-11-21 03:31:20`, in the zone.
pub fn exact(zone: &Zone, at: Millis) -> String {
    time::stamp(at, offset_minutes(zone, at))
}

/// `2026-11-21 03:31:20 JST (UTC+09:00)`.
pub fn exact_with_zone(zone: &Zone, at: Millis) -> String {
    let offset = offset_minutes(zone, at);
    let name = short_name(zone, at);
    let text = time::stamp(at, offset);
    // A machine that is set to UTC needs not be told twice.
    if name == "UTC" { format!("{text} {name}") } else { format!("{text} {name} ({})", utc_offset(offset)) }
}

/// `03:31:20`.
pub fn clock(zone: &Zone, at: Millis) -> String {
    time::clock(at, offset_minutes(zone, at))
}

/// `UTC+09:00`.
pub fn utc_offset(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.unsigned_abs();
    format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// `JST`, `UTC`, `GMT+2`: what stands in a column head.
pub fn short_name(zone: &Zone, at: Millis) -> String {
    if matches!(zone, Zone::Utc) {
        return "UTC".to_owned();
    }
    // The name follows summer time, so it may only be kept per offset; a page shows one or two of them.
    let offset = offset_minutes(zone, at);
    let key = format!("{} {offset}", zone.slug());
    let known = NAMES
        .with_borrow(|names| names.iter().find(|(known, _)| *known == key).map(|(_, name)| name.clone()));
    if let Some(known) = known {
        return known;
    }
    let name = match long_name(zone).as_str() {
        // Browsers say GMT+9 outside Japanese locales, operators say JST.
        "Asia/Tokyo" => "JST".to_owned(),
        name => browser_short_name(name, at).unwrap_or_else(|| utc_offset(offset)),
    };
    NAMES.with_borrow_mut(|names| names.push((key, name.clone())));
    name
}

/// `Asia/Tokyo`, `UTC`: for titles and menus.
pub fn long_name(zone: &Zone) -> String {
    match zone {
        Zone::Utc => "UTC".to_owned(),
        Zone::Named(name) => name.clone(),
        Zone::Local => local_name().unwrap_or_else(|| t("local time").to_owned()),
    }
}

/// The names of all zones that the browser knows; none where it does not tell.
pub fn names() -> Vec<String> {
    let list = || {
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        method(&intl, "supportedValuesOf")?.call1(&intl, &"timeZone".into()).ok()
    };
    list()
        .map(|list| Array::from(&list).iter().filter_map(|name| name.as_string()).collect())
        .unwrap_or_default()
}

fn local_name() -> Option<String> {
    name_in(&formatter(None, &[])?)
}

/// The zone of a formatter.
fn name_in(formatter: &JsValue) -> Option<String> {
    let options = method(formatter, "resolvedOptions")?.call0(formatter).ok()?;
    Reflect::get(&options, &"timeZone".into()).ok()?.as_string()
}

#[expect(clippy::cast_possible_truncation, reason = "an offset is some hundred minutes")]
fn local_offset(at: Millis) -> i32 {
    let offset = js_sys::Date::new(&JsValue::from_f64(at.0 as f64)).get_timezone_offset();
    if offset.is_finite() { -offset as i32 } else { 0 }
}

fn named_offset(name: &str, at: Millis) -> Option<i32> {
    let formatter = formatter(
        Some(name),
        &[
            ("year", "numeric"),
            ("month", "numeric"),
            ("day", "numeric"),
            ("hour", "numeric"),
            ("minute", "numeric"),
            ("second", "numeric"),
            ("hourCycle", "h23"),
        ],
    )?;
    let [mut year, mut month, mut day, mut hour, mut minute] = [0_i64; 5];
    for (kind, value) in parts(&formatter, at)? {
        let value = value.parse().unwrap_or(0);
        match kind.as_str() {
            "year" => year = value,
            "month" => month = value,
            "day" => day = value,
            "hour" => hour = value,
            "minute" => minute = value,
            _ => {}
        }
    }
    let there = days_from_civil(year, month, day) * 1_440 + hour * 60 + minute;
    i32::try_from(there - at.0.div_euclid(time::MINUTE)).ok()
}

fn browser_short_name(name: &str, at: Millis) -> Option<String> {
    let formatter = formatter(Some(name), &[("timeZoneName", "short")])?;
    parts(&formatter, at)?.into_iter().find(|(kind, _)| kind == "timeZoneName").map(|(_, value)| value)
}

/// Days since 1970-01-01 of a date in the Gregorian calendar.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    // Years that begin in March make the leap day the last one.
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let year_of_era = shifted - era * 400;
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// An `Intl.DateTimeFormat`. The constructor throws on an unknown zone, which the typed binding would not catch.
fn formatter(zone: Option<&str>, options: &[(&str, &str)]) -> Option<JsValue> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let constructor: Function = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into().ok()?;
    let settings = Object::new();
    for (key, value) in options.iter().copied().chain(zone.map(|zone| ("timeZone", zone))) {
        Reflect::set(&settings, &key.into(), &value.into()).ok()?;
    }
    Reflect::construct(&constructor, &Array::of2(&"en-US".into(), &settings)).ok()
}

fn method(object: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(object, &name.into()).ok()?.dyn_into().ok()
}

fn parts(formatter: &JsValue, at: Millis) -> Option<Vec<(String, String)>> {
    let list = method(formatter, "formatToParts")?.call1(formatter, &JsValue::from_f64(at.0 as f64)).ok()?;
    let text = |part: &JsValue, key: &str| Reflect::get(part, &key.into()).ok()?.as_string();
    Some(
        Array::from(&list)
            .iter()
            .filter_map(|part| Some((text(&part, "type")?, text(&part, "value")?)))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_in_the_calendar() {
        for (date, days) in
            [((1970, 1, 1), 0), ((1969, 12, 31), -1), ((2000, 2, 29), 11_016), ((2026, 11, 21), 20_778)]
        {
            assert_eq!(days_from_civil(date.0, date.1, date.2), days, "{date:?}");
        }
    }

    #[test]
    fn utc_needs_no_browser() {
        let at = Millis(1_795_231_880_999);
        assert_eq!(exact(&Zone::Utc, at), "2026-11-21 03:31:20");
        assert_eq!(clock(&Zone::Utc, at), "03:31:20");
        assert_eq!(exact_with_zone(&Zone::Utc, at), "2026-11-21 03:31:20 UTC");
        assert_eq!(
            [utc_offset(540), utc_offset(-210), utc_offset(0)],
            ["UTC+09:00", "UTC-03:30", "UTC+00:00"]
        );
    }
}
