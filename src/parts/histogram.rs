//! When operations began, by state: bars, a range to choose among them with two handles or by dragging, the counts of
//! each state in it as links, and the same as a table. Must not know which lists the figures are from.

use crate::reactive::prelude::*;
use wasm_bindgen::JsCast;

use super::status_bar::grouped;
use crate::platform::{clock, zone};
use crate::reactive::{derive, effect, memo};
use crate::state::Console;
use crate::state::list::List;
use crate::ui::el::{El, Node, el, svg};
use crate::ui::{Button, Glyph, Look, icon_s};
use longrun_core::model::{State, StateSet};
use longrun_core::query::{ListQuery, TimeBound};
use longrun_core::text::{fill, t};
use longrun_core::time::{DAY, Millis, rough};
use longrun_core::view::histogram::{HEIGHT, Histogram, LINE, WIDTH, count, total};

/// Where the operations of some states in a range of time are shown; the range is not set where it is the whole.
pub type Leads = Callback<(StateSet, Option<(Millis, Millis)>), String>;

/// What is chosen: from one bucket to before another.
#[derive(Clone, Copy)]
struct Brush {
    data: Signal<Histogram>,
    /// Moments, not buckets: those move on with the clock.
    chosen: RwSignal<Option<(Millis, Millis)>>,
}

impl Brush {
    fn buckets(self) -> usize {
        self.data.with(|data| data.buckets.len())
    }

    /// As buckets, at least one.
    fn range(self) -> (usize, usize) {
        let all = self.buckets();
        let Some((from, to)) = self.chosen.get() else { return (0, all) };
        self.data.with(|data| {
            let at = |moment: Millis| {
                let ahead = moment.since(data.start) / data.step.max(1);
                usize::try_from(ahead.max(0)).unwrap_or_default().min(all)
            };
            let from = at(from).min(all.saturating_sub(1));
            (from, at(to).max(from + 1).min(all))
        })
    }

    fn choose(self, from: usize, to: usize) {
        let whole = from == 0 && to >= untrack(|| self.buckets());
        let range = self.data.with_untracked(|data| (data.begins(from), data.begins(to)));
        self.chosen.set((!whole).then_some(range));
    }

    fn counts(self) -> [usize; State::COUNT] {
        let (from, to) = self.range();
        self.data.with(|data| data.sum(from, to))
    }
}

/// The figure.
pub fn histogram(console: Console, data: Signal<Histogram>, leads: Leads) -> El {
    let brush = Brush { data, chosen: RwSignal::new(None) };
    let clear = Callback::new(move |()| brush.chosen.set(None));
    let says = move || {
        let (from, to) = brush.range();
        let counts = brush.counts();
        let (from, to) = data.with(|data| (data.begins(from), data.begins(to)));
        let (from, to) = (moment(console, from, data, true), moment(console, to, data, true));
        let (all, failed) = (grouped(total(&counts)), grouped(count(&counts, State::Failed)));
        if brush.chosen.with(Option::is_none) {
            return fill("{0} operations began, {1} of them failed", &[&all, &failed]);
        }
        fill("{0} to {1}: {2} operations began, {3} of them failed", &[&from, &to, &all, &failed])
    };
    let head = el("figcaption")
        .child(el("span").attr("role", "status").live_text(says))
        .live_child(move || {
            brush
                .chosen
                .with(Option::is_some)
                .then(|| view! { <Button label=t("Whole range") look=Look::Ghost on_press=clear /> })
        })
        .child(legend(brush, leads));
    el("figure")
        .class("histo")
        .child(head)
        .child(picture(brush, says))
        .child(ticks(console, brush))
        .child(table(console, brush))
}

/// Each state with its count in the chosen range, which leads to its rows.
fn legend(brush: Brush, leads: Leads) -> El {
    let chosen = move || brush.chosen.get();
    let link = move |states: StateSet| el("a").live("href", move || leads.run((states, chosen())));
    let counts = memo(move |_| brush.counts());
    let all = link(StateSet::EMPTY).live_text(move || fill("All {0}", &[&grouped(counts.with(total))]));
    let one = move |state: State| {
        let many = memo(move |_| counts.with(|counts| count(counts, state)));
        let class = format!("st-{}", state.slug());
        let draw = move || {
            let glyph = icon_s(Glyph::of_state(state.slug()));
            let link = link(StateSet::EMPTY.with(state)).class(class.clone()).child(glyph);
            let text = move || fill("{0} {1}", &[t(state.label()), &grouped(many.get())]);
            (many.get() > 0).then(|| el("li").child(link.live_text(text)))
        };
        crate::ui::el::live_node(draw)
    };
    el("ul")
        .class("legend push")
        .attr("aria-label", t("Show the operations of this range"))
        .child(el("li").child(all))
        .child(State::ALL.map(one).into_iter().collect::<Node>())
}

/// Bars, and over them the handles.
fn picture(brush: Brush, says: impl Fn() -> String + Copy + 'static) -> El {
    let data = brush.data;
    let bars = State::ALL.map(|state| {
        svg("path").class(format!("f-{}", state.slug())).live("d", move || data.with(|data| data.path(state)))
    });
    let base = svg("path").class("base").attr("d", {
        let mut line = String::new();
        longrun_core::view::histogram::bar(&mut line, [0, LINE, WIDTH, 1]);
        line
    });
    let place = move |bucket: usize| bucket * WIDTH / brush.buckets().max(1);
    // What is not chosen lies under a veil.
    let veil = move |of: fn((usize, usize), usize) -> [usize; 2]| {
        let span = move || of(brush.range(), brush.buckets()).map(place);
        svg("rect")
            .class("veil")
            .attr("y", "0")
            .attr("height", HEIGHT.to_string())
            .live("x", move || span()[0].to_string())
            .live("width", move || (span()[1] - span()[0]).to_string())
    };
    let anchor = StoredValue::new(None::<usize>);
    let under = move |event: &web_sys::Event| {
        let event = event.dyn_ref::<web_sys::MouseEvent>()?;
        let width = event.current_target()?.dyn_into::<web_sys::Element>().ok()?.client_width().max(1);
        let all = untrack(|| brush.buckets());
        let at = usize::try_from(event.offset_x().max(0)).ok()? * all / usize::try_from(width).ok()?;
        Some((at.min(all.saturating_sub(1)), event.buttons() & 1 == 1))
    };
    let drag = move |event: web_sys::Event| {
        let Some((at, pressed)) = under(&event) else { return };
        let begun = if event.type_() == "pointerdown" { Some(at) } else { anchor.get_value() };
        anchor.set_value(begun.filter(|_| pressed));
        if let Some(begun) = begun.filter(|_| pressed) {
            brush.choose(begun.min(at), begun.max(at) + 1);
        }
    };
    let svg = svg("svg")
        .attr("viewBox", format!("0 0 {WIDTH} {HEIGHT}"))
        .attr("preserveAspectRatio", "none")
        .attr("role", "img")
        .live("aria-label", says)
        .on("pointerdown", drag)
        .on("pointermove", drag)
        .child(bars)
        .child(base)
        .child(veil(|(from, _), _| [0, from]))
        .child(veil(|(_, to), all| [to, all]));
    el("div").class("brush").child(svg).child(handle(brush, true)).child(handle(brush, false))
}

/// One end of the range. A native slider: arrows, Page Up and Down, Home and End move it.
fn handle(brush: Brush, is_from: bool) -> El {
    let console = Console::here();
    let at = move || {
        let (from, to) = brush.range();
        if is_from { from } else { to }
    };
    let says = move || brush.data.with(|data| data.begins(at()));
    el("input")
        .attr("type", "range")
        .attr("min", "0")
        .live("max", move || brush.buckets().to_string())
        .attr("aria-label", if is_from { t("From") } else { t("To") })
        .live("aria-valuetext", move || moment(console, says(), brush.data, true))
        .live_value(move || at().to_string())
        .on("input", move |event| {
            let Ok(now) = event_target_value(&event).parse::<usize>() else { return };
            let (from, to) = untrack(|| brush.range());
            let last = untrack(|| brush.buckets());
            if is_from {
                brush.choose(now.min(last.saturating_sub(1)), to.max(now + 1));
            } else {
                brush.choose(from.min(now.saturating_sub(1)), now.max(1));
            }
        })
}

/// The time in the picture, in words of that scale; with its day where asked for, or where there are many.
fn moment(console: Console, at: Millis, data: Signal<Histogram>, with_day: bool) -> String {
    let long = with_day || data.with(|data| data.begins(data.buckets.len()).since(data.start)) > 2 * DAY;
    let zone = console.settings.zone.get();
    let text = zone::exact(&zone, at);
    // 2026-11-21 03:41:05
    let seconds = data.with(|data| data.step % longrun_core::time::MINUTE != 0);
    let end = if seconds { 19 } else { 16 };
    text.get(if long { 5 } else { 11 }..end).map(str::to_owned).unwrap_or(text)
}

fn ticks(console: Console, brush: Brush) -> El {
    let draw = move || {
        let ticks = brush.data.with(Histogram::ticks);
        let one = |(at, place): (Millis, usize)| {
            let place = format!("{}%", place * 100 / WIDTH);
            el("span")
                .live_style("inset-inline-start", move || place.clone())
                .text(moment(console, at, brush.data, false))
        };
        ticks.into_iter().map(one).collect::<Node>()
    };
    el("div").class("ticks").attr("aria-hidden", "true").live_child(draw)
}

/// The figures behind the picture.
fn table(console: Console, brush: Brush) -> El {
    let rows = move || -> Node {
        let data = brush.data.get();
        let states =
            State::ALL.into_iter().filter(|state| count(&data.sum(0, data.buckets.len()), *state) > 0);
        let states: Vec<State> = states.collect();
        let head = |text: &'static str| el("th").attr("scope", "col").text(text);
        let heads = states.iter().map(|state| head(state.label()).class("num"));
        let heads = el("tr").child(head("Began")).child(heads.collect::<Node>());
        let line = |(at, bucket): (usize, &[usize; State::COUNT])| {
            let cells = states.iter().map(|state| el("td").class("num").text(grouped(count(bucket, *state))));
            let begins = moment(console, data.begins(at), brush.data, true);
            el("tr").child(el("th").attr("scope", "row").text(begins)).child(cells.collect::<Node>())
        };
        let filled = data.buckets.iter().enumerate().filter(|(_, bucket)| total(bucket) > 0);
        let table = el("table")
            .class("table")
            .attr("aria-label", "Operations by the time when they began")
            .child(el("thead").child(heads))
            .child(el("tbody").child(filled.map(line).collect::<Node>()));
        el("div").class("table-scroll").attr("tabindex", "0").child(table).into()
    };
    let step = move || fill("As a table, per {0}", &[&rough(brush.data.with(|data| data.step))]);
    unfolded(step, Box::new(rows))
}

/// Something that is made when it is opened.
fn unfolded(label: impl FnMut() -> String + 'static, draw: Box<dyn Fn() -> Node>) -> El {
    let open = RwSignal::new(false);
    el("details")
        .class("fold")
        .on("toggle", move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
            if let Some(target) =
                target.filter(|target| event.current_target().as_ref() == Some(target.as_ref()))
            {
                open.set(target.has_attribute("open"));
            }
        })
        .child(el("summary").child(icon_s(Glyph::Right)).live_text(label))
        .live_child(move || open.get().then(&draw))
}

/// The rows of a list by the time when they began, over the time that is asked for or of the last thirty days. `leads` is
/// the address of the list asked otherwise.
pub fn over_time(console: Console, list: List, leads: Callback<ListQuery, String>) -> El {
    let draw = move || {
        let data = RwSignal::new(Histogram::default());
        effect(move |_: Option<()>| {
            let _ = list.visible();
            let query = list.query();
            let now = Millis(clock::now_ms());
            let mut oldest = now;
            list.each_visible(&mut |op| oldest = op.created.millis().map_or(oldest, |at| oldest.min(at)));
            let to = query.to.map_or(now, |to| to.at(now));
            let from = query.from.map_or_else(|| Millis(oldest.0.max(now.0 - 30 * DAY)), |from| from.at(now));
            let mut all = Histogram::over(from, to);
            list.each_visible(&mut |op| {
                if let Some(at) = op.created.millis() {
                    all.add(at, op.state);
                }
            });
            data.set(all);
        });
        let leads = Callback::new(move |(states, range): (StateSet, Option<(Millis, Millis)>)| {
            let mut query = list.query();
            query.states = if states.is_empty() { query.states } else { states };
            if let Some((from, to)) = range {
                (query.from, query.to) = (Some(TimeBound::At(from)), Some(TimeBound::At(to)));
            } else if query.from.is_none() {
                // What is older is not in the picture, so it is not among its rows.
                query.from = Some(TimeBound::At(data.with(|data| data.start)));
            }
            leads.run(query)
        });
        histogram(console, derive(move || data.get()), leads).into()
    };
    unfolded(|| t("When they began").to_owned(), Box::new(draw)).class("fold over-time")
}
