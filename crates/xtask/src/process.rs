//! Starts other programs and sees to it that they end with us. Knows nothing of what they do.
//!
//! cargo starts compilers, a test starts a driver, that starts a browser: whoever ends only the child leaves the rest
//! running. So every job is a process group of its own, and beside it a `Watchman` ends that group when we go,
//! however we go: by an error, Ctrl-C, or a signal that gives us no time.

use crate::trouble::{Outcome, Trouble, while_doing};
use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// A program to run with its arguments.
pub struct Job {
    program: OsString,
    command: Command,
    shown: String,
}

/// What a job says while it runs.
pub enum Said<'a> {
    Line(&'a str),
    /// Nothing for a while: a moment to show that time passes.
    Silence,
}

impl Job {
    pub fn new(program: impl AsRef<OsStr>) -> Self {
        let program = program.as_ref();
        let shown = program.to_string_lossy().into_owned();
        let mut command = Command::new(program);
        // Trunk 0.21 reads NO_COLOR as a boolean option and refuses the usual `NO_COLOR=1`.
        if std::env::var_os("NO_COLOR").is_some() {
            command.env("NO_COLOR", "true");
        }
        Self { program: program.to_owned(), command, shown }
    }

    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.shown.push(' ');
        self.shown.push_str(&arg.as_ref().to_string_lossy());
        self.command.arg(arg);
        self
    }

    pub fn args<S: AsRef<OsStr>>(self, args: impl IntoIterator<Item = S>) -> Self {
        args.into_iter().fold(self, Self::arg)
    }

    pub fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(key, value);
        self
    }

    pub fn within(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// The command line, for people.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    fn not_started(&self) -> impl FnOnce(std::io::Error) -> Trouble + use<> {
        while_doing(format!("`{}` could not be started", self.program.to_string_lossy()))
    }

    /// Starts it with our terminal for its output; it ends when the handle is dropped.
    pub fn start(mut self) -> Outcome<Running> {
        self.command.stdin(Stdio::null());
        self.spawn()
    }

    /// Runs it with our terminal for its output.
    pub fn run(self) -> Outcome<ExitStatus> {
        self.start()?.wait()
    }

    fn spawn(mut self) -> Outcome<Running> {
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt;
            self.command.process_group(0);
        }
        let child = self.command.spawn().map_err(self.not_started())?;
        let watchman = Watchman::over(child.id());
        Ok(Running { child, watchman })
        // The command, and with it our copies of the child's streams, goes here.
    }

    /// Runs it and hands over every line it writes, standard output and errors in the order they came.
    pub fn listen(mut self, mut hear: impl FnMut(Said)) -> Outcome<ExitStatus> {
        let (reader, writer) = std::io::pipe().map_err(while_doing("opening a pipe"))?;
        let errors = writer.try_clone().map_err(while_doing("opening a pipe"))?;
        self.command.stdin(Stdio::null()).stdout(writer).stderr(errors);
        let mut child = self.spawn()?;
        let (lines, heard) = channel::<String>();
        let reading = std::thread::spawn(move || {
            for line in BufReader::new(reader).split(b'\n').map_while(Result::ok) {
                let line = String::from_utf8_lossy(&line).trim_end_matches('\r').to_owned();
                if lines.send(line).is_err() {
                    break;
                }
            }
        });
        loop {
            match heard.recv_timeout(Duration::from_millis(500)) {
                Ok(line) => hear(Said::Line(&line)),
                Err(RecvTimeoutError::Timeout) => {
                    hear(Said::Silence);
                    // A grandchild left behind may hold the pipe open for ever; the job itself has ended.
                    if child.ended()?.is_some() {
                        while let Ok(line) = heard.recv_timeout(Duration::from_millis(200)) {
                            hear(Said::Line(&line));
                        }
                        return child.wait();
                    }
                }
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        drop(reading.join());
        child.wait()
    }

    /// Runs it silently and gives its standard output; any failure is an error.
    pub fn capture(mut self) -> Outcome<String> {
        let output = self.command.stdin(Stdio::null()).output().map_err(self.not_started())?;
        if !output.status.success() {
            let errors = String::from_utf8_lossy(&output.stderr);
            return Err(Trouble::new(format!("`{}` failed: {}", self.shown, errors.trim())));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Becomes the program: nothing of us stays behind that would have to be ended. Returns only on failure.
    #[cfg(unix)]
    pub fn become_it(mut self) -> Outcome<ExitStatus> {
        use std::os::unix::process::CommandExt;
        let error = self.command.exec();
        Err(self.not_started()(error))
    }

    #[cfg(not(unix))]
    pub fn become_it(self) -> Outcome<ExitStatus> {
        self.run()
    }
}

/// A running job that is ended, with all it started, when this is dropped.
pub struct Running {
    child: Child,
    watchman: Option<Watchman>,
}

impl Running {
    /// Its result, if it has ended.
    pub fn ended(&mut self) -> Outcome<Option<ExitStatus>> {
        self.child.try_wait().map_err(while_doing("asking whether a program has ended"))
    }

    /// Waits for its end. What it left running in its group ends then, too.
    pub fn wait(mut self) -> Outcome<ExitStatus> {
        self.child.wait().map_err(while_doing("waiting for a program to end"))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.watchman.take());
        if let Ok(None) = self.child.try_wait() {
            // Both fail only if it has just ended by itself.
            drop(self.child.kill());
            drop(self.child.wait());
        }
    }
}

/// A shell in a group of its own that waits for our end of its pipe to close, then ends the job's group: politely
/// first, for servers that have something to put away.
struct Watchman {
    shell: Child,
    signal: Option<ChildStdin>,
}

impl Watchman {
    /// None where there is no POSIX shell; then only the child itself is ended.
    fn over(group: u32) -> Option<Self> {
        let mut command = Command::new("sh");
        let orders = "read -r _; kill -s TERM -- \"-$1\" 2>/dev/null || exit 0; \
            for _ in 1 2 3 4 5 6 7 8 9 10; do sleep 0.1; kill -s 0 -- \"-$1\" 2>/dev/null || exit 0; done; \
            kill -s KILL -- \"-$1\" 2>/dev/null";
        command.args(["-c", orders, "watchman"]).arg(group.to_string());
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt;
            command.process_group(0);
        }
        let mut shell = command.spawn().ok()?;
        let signal = shell.stdin.take();
        Some(Self { shell, signal })
    }
}

impl Drop for Watchman {
    fn drop(&mut self) {
        drop(self.signal.take());
        // It ends by itself at once, or after the group's second of grace.
        drop(self.shell.wait());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_streams_are_heard_in_order_and_the_result_is_kept() {
        let mut heard = Vec::new();
        let job = Job::new("sh").args(["-c", "echo one; echo two >&2; echo three; exit 3"]);
        let status = job
            .listen(|said| {
                if let Said::Line(line) = said {
                    heard.push(line.to_owned());
                }
            })
            .unwrap();
        assert_eq!(heard, ["one", "two", "three"]);
        assert_eq!(status.code(), Some(3));
    }

    #[test]
    fn a_missing_program_is_named() {
        let told = Job::new("/nowhere/longrun-tool").capture().unwrap_err().to_string();
        assert!(told.contains("longrun-tool"), "{told}");
    }

    #[test]
    fn a_dropped_child_ends() {
        let mut running = Job::new("sleep").arg("600").start().unwrap();
        assert!(running.ended().unwrap().is_none());
        let id = running.child.id();
        drop(running);
        assert!(!alive(id));
    }

    /// A process that has ended may wait for a slow init to take note of it: state Z.
    fn alive(id: u32) -> bool {
        let output = Command::new("ps").args(["-o", "stat=", "-p", &id.to_string()]).output().unwrap();
        let state = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        !state.is_empty() && !state.starts_with('Z')
    }

    #[test]
    fn what_a_job_leaves_running_ends_with_it() {
        let mut left = 0;
        let job = Job::new("sh").args(["-c", "sleep 600 & echo $!"]);
        job.listen(|said| {
            if let Said::Line(line) = said {
                left = line.parse().unwrap();
            }
        })
        .unwrap();
        assert!(left > 1 && !alive(left));
    }

    #[test]
    fn a_grandchild_holding_the_pipe_does_not_hold_us() {
        let watch = crate::clock::Stopwatch::start();
        Job::new("sh").args(["-c", "sleep 20 & echo started"]).listen(|_| ()).unwrap();
        assert!(watch.elapsed() < Duration::from_secs(15));
    }
}
