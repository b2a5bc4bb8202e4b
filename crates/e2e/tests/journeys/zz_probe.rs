use longrun_e2e::pages::LIST;
use longrun_e2e::site::field;
use longrun_e2e::{Outcome, Setup, play, role};

#[test]
fn probe_live() -> Outcome {
    let setup = Setup { behind_ms: 30 * 60_000, ..Setup::default() };
    play("probe", setup, async |stage| {
        let (site, browser) = (&stage.site, &stage.browser);
        stage.enter(LIST).await?;
        let list = stage.list();
        stage.refresh_every("Off").await?;
        let table = list.loaded().await?;
        println!("{}", table.told());
        site.demo.advance(10 * 60_000);
        let later = site.truth("").await?;
        for row in &table.rows[..3] {
            let id = row.href.rsplit('/').next().unwrap();
            println!("{:?}", later.iter().find(|r| field(r, "id") == id).map(|r| (field(r, "status"), field(r, "reception_datetime"), field(r, "commit_datetime"))));
        }
        stage.refresh_every("5 s").await?;
        browser.find(&role("button").having(" new")).await?;
        for _ in 0..3 {
            tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
            println!("{}", list.is("x", |_| true).await?.told());
        }
        let id = table.rows[0].href.rsplit('/').next().unwrap();
        list.query(id).await?;
        list.shows(1).await?;
        println!("{}", list.is("x", |_| true).await?.told());
        tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
        println!("{}", list.is("x", |_| true).await?.told());
        list.query("").await?;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        println!("{}", list.is("x", |_| true).await?.told());
        Ok(())
    })
}
