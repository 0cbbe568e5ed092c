//! Numbers in columns.

/// Printed as soon as it is complete; the first column is the contender's label.
#[derive(Debug)]
pub(super) struct Table {
    title: String,
    heads: Vec<&'static str>,
    rows: Vec<(String, Vec<String>)>,
}

impl Table {
    pub(super) fn new(title: impl Into<String>, heads: &[&'static str]) -> Self {
        Self {
            title: title.into(),
            heads: heads.to_vec(),
            rows: Vec::new(),
        }
    }

    pub(super) fn row(&mut self, label: &str, cells: Vec<String>) {
        self.rows.push((label.to_owned(), cells));
    }

    pub(super) fn print(&self) {
        let labels = self.rows.iter().map(|(label, _)| label.chars().count());
        let first = labels.max().unwrap_or_default();
        let line = |label: &str, cells: Vec<&str>| {
            let pairs = cells.iter().zip(&self.heads);
            let cells: String = pairs
                .map(|(cell, head)| format!("  {cell:>0$}", head.chars().count().max(9)))
                .collect();
            println!("  {label:<first$}{cells}");
        };
        println!("\n{}", self.title);
        line("", self.heads.clone());
        for (label, cells) in &self.rows {
            line(label, cells.iter().map(String::as_str).collect());
        }
    }
}

/// What was not measured is a dash.
pub(super) fn number(value: f64, digits: usize) -> String {
    match value.is_finite() {
        true => format!("{value:.digits$}"),
        false => "-".to_owned(),
    }
}
