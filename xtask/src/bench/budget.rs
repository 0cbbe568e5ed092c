//! The budgets, each beside what was measured in the same run.

use super::table::number;

/// What a figure is to stay within.
#[derive(Debug)]
pub(super) struct Budget {
    pub(super) what: &'static str,
    pub(super) figure: f64,
    pub(super) most: f64,
    pub(super) unit: &'static str,
}

pub(super) fn print(budgets: &[Budget]) {
    println!("\nBudgets");
    for budget in budgets {
        println!("  {}", line(budget));
    }
}

fn line(budget: &Budget) -> String {
    let Budget {
        what,
        figure,
        most,
        unit,
    } = budget;
    format!(
        "{:<14}{what}: {} {unit}, at most {} {unit}",
        verdict(*figure, *most),
        number(*figure, 2),
        number(*most, 2)
    )
}

fn verdict(figure: f64, most: f64) -> &'static str {
    match figure {
        _ if figure.is_nan() || most.is_nan() => "NOT MEASURED",
        _ if figure <= most => "holds",
        _ => "ABOVE",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_figure_within_its_budget_holds() {
        assert_eq!(verdict(1.5, 1.5), "holds");
        assert_eq!(verdict(1.51, 1.5), "ABOVE");
        assert_eq!(verdict(f64::NAN, 1.5), "NOT MEASURED");
    }
}
