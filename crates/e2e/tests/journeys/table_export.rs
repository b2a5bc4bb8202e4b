//! What leaves the list as a file is what the screen shows and the server said: read back from the disk and compared.

use std::fs;
use std::path::{Path, PathBuf};

use longrun_e2e::pages::LIST;
use longrun_e2e::site::field;
use longrun_e2e::wait::eventually;
use longrun_e2e::{Failure, Key, Outcome, Setup, Stage, play, role};
use serde_json::{Value, json};

/// Where a journey's downloads go; emptied first.
async fn downloads(stage: &Stage, journey: &str) -> Outcome<PathBuf> {
    let folder = std::env::temp_dir().join(format!("longrun-downloads-{}-{journey}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let params = json!({ "behavior": "allow", "downloadPath": folder.display().to_string() });
    stage.browser.cdp("Browser.setDownloadBehavior", params).await?;
    Ok(folder)
}

/// Waits for the one file in the folder, takes it away, and says how it was called and what is in it.
async fn taken(folder: &Path) -> Outcome<(String, String)> {
    eventually(async || {
        let mut names = vec![];
        for entry in fs::read_dir(folder)? {
            names.push(entry?.path());
        }
        let [file] = names.as_slice() else {
            return Err(Failure::new(format!("one file was to be there, not {names:?}")));
        };
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if !name.ends_with(".csv") && !name.ends_with(".json") {
            return Err(Failure::new(format!("{name} is not complete")));
        }
        let text = String::from_utf8_lossy(&fs::read(file)?).into_owned();
        fs::remove_file(file)?;
        Ok((name, text))
    })
    .await
}

/// A table as a reader of RFC 4180 sees it: the head, then the lines.
fn table(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut lines = vec![vec![String::new()]];
    let mut quoted = false;
    let mut chars = text.strip_prefix('\u{feff}').expect("a byte order mark").chars().peekable();
    while let Some(char) = chars.next() {
        let line = lines.last_mut().expect("there is always a line");
        match char {
            '"' if quoted && chars.peek() == Some(&'"') => {
                line.last_mut().expect("a field").extend(chars.next());
            }
            '"' => quoted = !quoted,
            ',' if !quoted => line.push(String::new()),
            '\r' if !quoted && chars.next_if_eq(&'\n').is_some() => lines.push(vec![String::new()]),
            char => line.last_mut().expect("a field").push(char),
        }
    }
    lines.pop();
    let head = lines.remove(0);
    (head, lines)
}

fn column<'a>(table: &'a (Vec<String>, Vec<Vec<String>>), head: &str) -> Vec<&'a str> {
    let at =
        table.0.iter().position(|known| known == head).unwrap_or_else(|| panic!("{head} in {:?}", table.0));
    table.1.iter().map(|line| line[at].as_str()).collect()
}

async fn export(stage: &Stage, entry: &str) -> Outcome {
    stage.browser.press('e').await?;
    stage.browser.click(&role("menuitem").starting(entry)).await
}

/// As ISO 8601 in UTC.
fn iso(row: &Value, name: &str) -> String {
    match field(row, name) {
        "" => String::new(),
        at => format!("{}Z", at.replace(' ', "T")),
    }
}

#[test]
fn a_table_of_what_is_shown_says_what_the_server_says() -> Outcome {
    play("export_csv", Setup { operations: 10_000, ..Setup::default() }, async |stage| {
        let folder = downloads(stage, "csv").await?;
        stage.enter(LIST).await?;
        let list = stage.list();
        let truth = stage.site.truth("").await?;
        assert!(truth.len() >= 10_000);
        list.shows(truth.len()).await?;
        stage.refresh_every("Off").await?;

        // All of them, in the order of the screen, which is the newest first.
        export(stage, "CSV, columns as shown").await?;
        stage.browser.says("status", &["rows exported: ecl-demo-operations-"]).await?;
        let (name, text) = taken(&folder).await?;
        assert!(name.starts_with("ecl-demo-operations-20") && name.ends_with("Z.csv"), "{name}");
        let all = table(&text);
        assert_eq!(all.0[..3], ["Status", "Status (server)", "Operation"].map(str::to_owned), "{:?}", all.0);
        let wanted: Vec<&str> = truth.iter().map(|row| field(row, "id")).collect();
        assert_eq!(column(&all, "ID"), wanted);
        let received: Vec<String> = truth.iter().map(|row| iso(row, "reception_datetime")).collect();
        assert_eq!(column(&all, "Received (UTC)"), received);
        let said: Vec<&str> = truth.iter().map(|row| field(row, "status")).collect();
        assert_eq!(column(&all, "Status (server)"), said);

        // Filtered by the server and by us, sorted and with other columns: as the screen.
        stage.open(&format!("{LIST}?status=ERROR&q=quota&sort=id&cols=id,error,tenant,ended")).await?;
        list.loaded().await?;
        let wanted: Vec<Value> = stage.site.truth("status=ERROR").await?;
        let mut wanted: Vec<&Value> =
            wanted.iter().filter(|row| field(row, "error").to_lowercase().contains("quota")).collect();
        wanted.sort_by_key(|row| field(row, "id").to_owned());
        assert!(!wanted.is_empty());
        list.shows(wanted.len()).await?;
        export(stage, "CSV, columns as shown").await?;
        let (_, text) = taken(&folder).await?;
        let some = table(&text);
        assert_eq!(some.0, ["ID", "Error", "Tenant", "Committed (UTC)"]);
        assert_eq!(column(&some, "ID"), wanted.iter().map(|row| field(row, "id")).collect::<Vec<_>>());
        assert_eq!(column(&some, "Error"), wanted.iter().map(|row| field(row, "error")).collect::<Vec<_>>());
        assert_eq!(
            column(&some, "Committed (UTC)"),
            wanted.iter().map(|row| iso(row, "commit_datetime")).collect::<Vec<_>>()
        );
        export(stage, "CSV, all columns").await?;
        let (_, text) = taken(&folder).await?;
        let every = table(&text);
        assert_eq!(
            column(&every, "Request ID"),
            wanted.iter().map(|row| field(row, "request_id")).collect::<Vec<_>>()
        );
        fs::remove_dir_all(folder)?;
        Ok(())
    })
}

#[test]
fn rows_leave_as_the_server_sent_them_and_secrets_do_not() -> Outcome {
    play("export_json", Setup::default(), async |stage| {
        let folder = downloads(stage, "json").await?;
        let browser = &stage.browser;
        stage.enter(LIST).await?;
        let list = stage.list();
        let truth = stage.site.truth("").await?;
        list.shows(truth.len()).await?;
        stage.refresh_every("Off").await?;
        export(stage, "JSON").await?;
        let (name, text) = taken(&folder).await?;
        assert!(name.ends_with("Z.json"), "{name}");
        let read: Vec<Value> = serde_json::from_str(&text)?;
        assert_eq!(read.len(), truth.len());
        for (mine, own) in read.iter().zip(&truth) {
            for name in ["id", "status", "error", "reception_datetime", "tenant_id", "request_id"] {
                assert_eq!(mine.get(name), own.get(name), "{name} of {own}");
            }
        }

        // Rows no well-behaved server would send: all of them come, what could run does not, and no secret leaves.
        stage.open(&format!("{LIST}?request_id=fault-odd-rows")).await?;
        list.loaded().await?;
        let (_, odd) = list.shown().await?;
        export(stage, "JSON").await?;
        let (_, text) = taken(&folder).await?;
        // Half a character stays half a character: the browser reads it, stricter readers may not.
        let read =
            browser.script("return JSON.parse(arguments[0]).length;", vec![text.clone().into()]).await?;
        assert_eq!(read, odd);
        for secret in ["hunter2", "s3cr3t", "MIIB"] {
            assert!(!text.contains(secret), "{secret} came out");
        }
        assert!(text.contains("123456789012345678901234567890"), "numbers keep their digits");
        export(stage, "CSV, all columns").await?;
        let (_, text) = taken(&folder).await?;
        let hostile = table(&text);
        assert_eq!(hostile.1.len(), odd);
        for field in hostile.1.iter().flatten() {
            let bare = field.trim_start();
            assert!(!bare.starts_with(['=', '+', '-', '@']) && !field.starts_with(['\t', '\r']), "{field:?}");
        }
        let errors = column(&hostile, "Error");
        assert!(errors.contains(&"'=1+1 are times that are none"), "{errors:?}");
        assert!(column(&hostile, "Operation").contains(&"<script>alert(2)</script>"));

        // What is chosen, by keyboard, in the order of the screen.
        stage.open(LIST).await?;
        list.shows(truth.len()).await?;
        browser.press('j').await?;
        browser.press('j').await?;
        browser.press('x').await?;
        browser.press_with(Key::Shift, Key::Down).await?;
        browser.press_with(Key::Shift, Key::Down).await?;
        let bar = role("region").named("Selection");
        browser.text_is(&bar, "three chosen", |text| text.contains("3 selected")).await?;
        browser.click(&role("button").named("Export 3").inside(bar)).await?;
        browser.click(&role("menuitem").starting("Selection as JSON")).await?;
        let (_, text) = taken(&folder).await?;
        let read: Vec<Value> = serde_json::from_str(&text)?;
        let ids: Vec<&str> = read.iter().map(|row| field(row, "id")).collect();
        assert_eq!(ids, truth[1..4].iter().map(|row| field(row, "id")).collect::<Vec<_>>());
        browser.press('e').await?;
        browser.click(&role("menuitem").starting("Selection as CSV")).await?;
        let (_, text) = taken(&folder).await?;
        assert_eq!(column(&table(&text), "ID"), ids);
        fs::remove_dir_all(folder)?;
        Ok(())
    })
}

#[test]
fn a_long_export_shows_how_far_it_is_and_can_be_stopped() -> Outcome {
    /// Twenty thousand rows are written faster than a driver finds a button, so the page itself presses it.
    const PRESS: &str = "
        new MutationObserver((_, watch) => {
            const bar = document.querySelector('[role=region][aria-label=Export]');
            const text = bar?.innerText ?? '';
            if (!/ [1-9][0-9,]* of /.test(text)) return;
            watch.disconnect();
            window.told = text;
            bar.querySelector('button').click();
        }).observe(document.body, { subtree: true, childList: true, characterData: true });";
    play("export_stop", Setup { operations: 20_000, ..Setup::default() }, async |stage| {
        let folder = downloads(stage, "stop").await?;
        let browser = &stage.browser;
        stage.enter(LIST).await?;
        let of = stage.list().loaded().await?.count;
        stage.list().shows(of - 1).await?;
        stage.refresh_every("Off").await?;
        browser.script(PRESS, vec![]).await?;
        export(stage, "JSON").await?;
        let told = eventually(async || match browser.script("return window.told;", vec![]).await? {
            Value::String(told) => Ok(told),
            _ => Err(Failure::new("no progress was told")),
        });
        let told = told.await?;
        assert!(
            told.contains("Exporting: ") && told.contains(" of 20,") && told.contains("Stop export"),
            "{told}"
        );
        browser.gone(&role("region").named("Export")).await?;
        assert_eq!(fs::read_dir(&folder)?.count(), 0, "nothing was saved");
        // The next one is whole.
        export(stage, "JSON").await?;
        let (_, text) = taken(&folder).await?;
        assert_eq!(serde_json::from_str::<Vec<Value>>(&text)?.len(), of - 1);
        fs::remove_dir_all(folder)?;
        Ok(())
    })
}

#[test]
fn where_the_server_has_more_the_menu_and_the_notice_say_so() -> Outcome {
    play("export_more", Setup { operations: 3_000, ..Setup::default() }, async |stage| {
        let folder = downloads(stage, "more").await?;
        let browser = &stage.browser;
        stage.enter_cloudify("executions?_size=100", "admin").await?;
        let list = stage.list();
        list.loaded().await?;
        browser.find(&role("button").named("Load more")).await?;
        let (shown, _) = list.shown().await?;
        browser.press('e').await?;
        browser
            .text_is(&role("menuitem").starting("CSV, columns as shown"), "that it is a part", |text| {
                text.contains("Loaded rows only; the server has more.")
            })
            .await?;
        browser.click(&role("menuitem").starting("CSV, columns as shown")).await?;
        browser.says("status", &["loaded rows exported", "More are on the server"]).await?;
        let (_, text) = taken(&folder).await?;
        assert_eq!(table(&text).1.len(), shown);
        fs::remove_dir_all(folder)?;
        Ok(())
    })
}
