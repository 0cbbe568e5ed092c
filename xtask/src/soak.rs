//! What takes hours, for as long as is asked.

use std::{process::ExitCode, time::Duration};

use crate::{
    checks::Checks,
    cli::SoakOptions,
    context::Context,
    fuzz::{self, AT_A_TIME},
    setup,
};

/// Fuzzing, today: every target has its share of the time.
pub(crate) fn run(context: &Context, options: &SoakOptions) -> Result<ExitCode, String> {
    for need in fuzz::NEEDS {
        setup::bring(context, need)?;
    }
    let targets = fuzz::names(context)?.len();
    let each = share(options.minutes, targets);
    println!("{targets} fuzz targets, {} s each", each.as_secs());
    let mut checks = Checks::default();
    fuzz::run(context, each, &mut checks);
    println!("{} passed, {} failed", checks.passed, checks.failed);
    Ok(if checks.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// What one target gets of the whole, when some run side by side.
fn share(minutes: u64, targets: usize) -> Duration {
    let turns = targets.div_ceil(AT_A_TIME).max(1);
    let turns = u64::try_from(turns).unwrap_or(u64::MAX);
    Duration::from_secs((minutes.saturating_mul(60) / turns).max(1))
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn the_shares_of_all_add_up_to_what_was_asked() {
        assert_eq!(share(4, 8).as_secs(), 60);
        assert_eq!(share(4, 7).as_secs(), 60);
        assert_eq!(share(0, 8).as_secs(), 1);
    }
}
