//! A real nginx in front of the demo server, with the recipe of `deploy/nginx` as it stands there. Only the places
//! that a deployer edits differ: where the APIs are, which port, which folder. It must not know the browser.

use std::env;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::net::TcpStream;

use crate::failure::{Failure, Outcome};
use crate::site::workspace;

/// The targets of `targets.conf` with the demo's mounts.
const MOUNTS: [(&str, &str); 5] = [
    ("cloudify", "/cloudify"),
    ("xiq", "/xiq"),
    ("gcp", "/gcp"),
    ("keystone", "/ecl/keystone"),
    ("vna", "/ecl/virtual-network-appliance"),
];

/// Ends nginx when the input closes, which happens even if the test program is killed.
const GUARD: &str = r#""$@" & nginx=$!
read -r _
kill "$nginx"
wait "$nginx""#;

/// A running nginx. Ends when dropped.
pub struct Front {
    child: Child,
    folder: PathBuf,
    port: u16,
}

impl Front {
    /// Serves the files in `dist` and passes API calls on to the demo at `demo`.
    pub async fn start(dist: &Path, config_json: &str, demo: SocketAddr) -> Outcome<Self> {
        let nginx = env::var_os("LONGRUN_NGINX").ok_or_else(|| {
            Failure::new(
                "LONGRUN_NGINX does not name an nginx: run this ring with `cargo xtask test --only e2e`",
            )
        })?;
        let types = env::var_os("LONGRUN_NGINX_TYPES")
            .map_or_else(|| PathBuf::from("/etc/nginx/mime.types"), PathBuf::from);
        // A port that was free a moment ago; nginx takes none by itself.
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let folder = workspace().join("target/e2e").join(format!("nginx-{port}"));
        std::fs::create_dir_all(&folder)?;
        let recipe = workspace().join("deploy/nginx");
        link(&recipe, &folder.join("longrun"))?;
        std::fs::write(folder.join("targets.conf"), targets(&recipe, demo)?)?;
        // The deployer's own file, beside the console's.
        std::fs::write(folder.join("config.json"), config_json)?;
        let places = Places { types: &types, dist, folder: &folder, port };
        std::fs::write(folder.join("nginx.conf"), places.configuration())?;
        let child = Command::new("sh")
            .args(["-c", GUARD, "guard"])
            .arg(nginx)
            .arg("-p")
            .arg(&folder)
            .args(["-c", "nginx.conf"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(folder.join("start.log"))?)
            .spawn()?;
        let mut front = Self { child, folder, port };
        front.answers().await?;
        Ok(front)
    }

    pub fn addr(&self) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], self.port))
    }

    /// `http://127.0.0.1:1234`
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    async fn answers(&mut self) -> Outcome {
        for _ in 0..100 {
            if TcpStream::connect(("127.0.0.1", self.port)).await.is_ok() {
                return Ok(());
            }
            if let Some(ended) = self.child.try_wait()? {
                let said = std::fs::read_to_string(self.folder.join("start.log")).unwrap_or_default();
                return Err(Failure::new(format!("nginx ended at once ({ended}): {said}")));
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err(Failure::new("nginx did not answer within five seconds"))
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        // However it ended, it is not there any more.
        let _ = self.child.wait();
    }
}

fn link(recipe: &Path, at: &Path) -> Outcome {
    match std::fs::remove_file(at) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(recipe, at)?;
    Ok(())
}

/// The recipe's own file, with the demo in the place of every API. The rules around the places stay as they are.
fn targets(recipe: &Path, demo: SocketAddr) -> Outcome<String> {
    let mut text = String::new();
    for line in std::fs::read_to_string(recipe.join("targets.conf"))?.lines() {
        let edited = MOUNTS.iter().find_map(|(name, mount)| {
            if line.starts_with(&format!("upstream longrun_{name} ")) {
                return Some(format!("upstream longrun_{name} {{ server {demo}; }}"));
            }
            if line.starts_with(&format!("map \"\" $longrun_{name} ")) {
                return Some(format!(
                    "map \"\" $longrun_{name} {{ default \"http://longrun_{name}{mount}\"; }}"
                ));
            }
            line.starts_with(&format!("map \"\" $longrun_{name}_host "))
                .then(|| format!("map \"\" $longrun_{name}_host {{ default \"{demo}\"; }}"))
        });
        text.push_str(edited.as_deref().unwrap_or(line));
        text.push('\n');
    }
    let places = text.matches(&demo.to_string()).count();
    if places == MOUNTS.len() * 2 {
        return Ok(text);
    }
    Err(Failure::new(format!(
        "deploy/nginx/targets.conf has changed its form: {places} places lead to the demo"
    )))
}

/// Where this nginx finds what it serves.
struct Places<'a> {
    types: &'a Path,
    dist: &'a Path,
    folder: &'a Path,
    port: u16,
}

impl Places<'_> {
    fn configuration(&self) -> String {
        format!(
            "daemon off;\nmaster_process off;\npid nginx.pid;\nerror_log error.log info;\nevents {{}}\nhttp {{\n\
             include {types};\naccess_log access.log;\n\
             client_body_temp_path body;\nproxy_temp_path proxy;\nfastcgi_temp_path fastcgi;\n\
             uwsgi_temp_path uwsgi;\nscgi_temp_path scgi;\n\
             include longrun/keep.conf;\ninclude targets.conf;\n\
             server {{\nlisten 127.0.0.1:{port};\nroot {dist};\n\
             location = /config.json {{ root {folder}; }}\n\
             include longrun/site.conf;\ninclude longrun/apis.conf;\n}}\n}}\n",
            types = self.types.display(),
            dist = self.dist.display(),
            folder = self.folder.display(),
            port = self.port,
        )
    }
}
