//! The emulator under load: token requests per second, and its memory after many and after ten
//! times as many.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    net::TcpStream,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::Duration,
};

use square_oauth_emulator::{Config, Emulator};

use crate::{
    Problem,
    clock::Stopwatch,
    http::{Connection, post},
    until_the_input_ends,
};

const CONNECTIONS: usize = 8;
const BUDGET: f64 = 10_000.0;
/// However slow the machine is.
const LONGEST: Duration = Duration::from_secs(300);

/// Starts one on all processors, as the program does, and says where and for whom.
pub(crate) fn serve() -> Result<(), Problem> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    let emulator = runtime.block_on(Emulator::start(Config::default()))?;
    println!(
        "{} {} {}",
        emulator.address(),
        emulator.client_id(),
        emulator.client_secret()
    );
    until_the_input_ends()
}

pub(crate) fn run(requests: u64) -> Result<(), Problem> {
    let emulator = Served::start()?;
    let request = post(&emulator.address, "/oauth2/token", &emulator.refresh()?);
    println!(
        "\nThe emulator: refreshes over {CONNECTIONS} kept connections, the load on the same machine."
    );
    let mut sent = 0;
    let watch = Stopwatch::start();
    // A tenth at a time; the first also fills the log and every seller's tokens.
    for tenth in 1..=10 {
        let lap = Stopwatch::start();
        let count = requests / 10;
        load(&emulator.address, &request, count)?;
        sent += count;
        let rate = per_second(count, lap.wall());
        println!(
            "  {sent:>9} requests{rate:>10.0}/s{:>10} KiB resident",
            emulator.resident()?
        );
        if watch.wall() > LONGEST && tenth < 10 {
            println!("  stopped here: this has taken {} s", LONGEST.as_secs());
            break;
        }
    }
    let rate = per_second(sent, watch.wall());
    let verdict = if rate >= BUDGET { "within" } else { "BELOW" };
    println!("  {rate:.0} token requests/s: {verdict} the budget of {BUDGET:.0}/s on 2 processors");
    println!("  memory is to be flat from the first line to the last");
    Ok(())
}

fn per_second(count: u64, time: Duration) -> f64 {
    #[allow(
        clippy::cast_precision_loss,
        reason = "a million is far from where that begins"
    )]
    let count = count as f64;
    count / time.as_secs_f64()
}

fn load(address: &str, request: &[u8], count: u64) -> Result<(), Problem> {
    let left = AtomicU64::new(count);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..CONNECTIONS)
            .map(|_| scope.spawn(|| worker(address, request, &left)))
            .collect();
        for worker in workers {
            worker.join().map_err(|_| "a worker died")??;
        }
        Ok(())
    })
}

fn worker(address: &str, request: &[u8], left: &AtomicU64) -> Result<(), Problem> {
    let mut connection = Connection::new(TcpStream::connect(address)?)?;
    let one_less = |left: u64| left.checked_sub(1);
    while left
        .fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less)
        .is_ok()
    {
        connection.write(request)?;
        let line = connection.read()?.unwrap_or_default();
        if !line.contains(" 200 ") {
            let body = String::from_utf8_lossy(connection.body()).into_owned();
            return Err(format!("the emulator answered {line}: {body}").into());
        }
    }
    Ok(())
}

/// An emulator in a process of its own, so that its memory is its own.
struct Served {
    child: Child,
    address: String,
    client_id: String,
    client_secret: String,
}

impl Served {
    fn start() -> Result<Self, Problem> {
        let mut child = Command::new(env::current_exe()?)
            .arg("serve-emulator")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        let stdout = child.stdout.take().ok_or("no output")?;
        BufReader::new(stdout).read_line(&mut line)?;
        let mut words = line.split_whitespace().map(str::to_owned);
        let mut word = || words.next().ok_or("the emulator did not start");
        Ok(Self {
            address: word()?,
            client_id: word()?,
            client_secret: word()?,
            child,
        })
    }

    /// The body of a refresh, once a seller has allowed it.
    fn refresh(&self) -> Result<String, Problem> {
        let Self {
            address,
            client_id,
            client_secret,
            ..
        } = self;
        let url = format!(
            "http://{address}/oauth2/authorize?client_id={client_id}&session=false&scope=PAYMENTS_READ"
        );
        let consent = self.ask("/_emulator/v1/consent", &serde_json::json!({ "url": url }))?;
        let redirect = text(&consent, "redirect")?;
        let code = redirect
            .split(['?', '&'])
            .find_map(|pair| pair.strip_prefix("code="));
        let code = code.ok_or("no code")?;
        let tokens = self.ask(
            "/oauth2/token",
            &serde_json::json!({
                "client_id": client_id,
                "client_secret": client_secret,
                "grant_type": "authorization_code",
                "code": code,
            }),
        )?;
        let grant = serde_json::json!({
            "client_id": client_id,
            "client_secret": client_secret,
            "grant_type": "refresh_token",
            "refresh_token": text(&tokens, "refresh_token")?,
        });
        Ok(grant.to_string())
    }

    fn ask(&self, path: &str, body: &serde_json::Value) -> Result<serde_json::Value, Problem> {
        let mut connection = Connection::new(TcpStream::connect(&self.address)?)?;
        connection.write(&post(&self.address, path, &body.to_string()))?;
        connection.read()?;
        Ok(serde_json::from_slice(connection.body())?)
    }

    /// Memory that is really there, in KiB.
    fn resident(&self) -> Result<u64, Problem> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|rest| rest.split_whitespace().next());
        Ok(number.ok_or("no VmRSS")?.parse()?)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn text<'a>(of: &'a serde_json::Value, name: &str) -> Result<&'a str, Problem> {
    let value = of.get(name).and_then(serde_json::Value::as_str);
    value.ok_or_else(|| format!("no {name} in {of}").into())
}
