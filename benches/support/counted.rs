//! A bench that runs itself under Valgrind, row by row, and prints instructions a byte as a table. It needs `valgrind`
//! and nothing else. Arguments pick rows by shape, operation and
//! size: `cargo bench --bench hostile -- lang 100000`.

use std::{env, hint::black_box, process::Command};

/// What is measured: `run` reads a body that [`Row::shape`] names.
pub(crate) struct Row {
    pub(crate) shape: &'static str,
    pub(crate) operation: &'static str,
    pub(crate) body: fn(usize) -> String,
    pub(crate) run: fn(&[u8]) -> u64,
    /// Of the bodies, in bytes.
    pub(crate) sizes: &'static [usize],
    /// Instructions a byte that are allowed.
    pub(crate) most: f64,
}

/// Instructions are counted in here and nowhere else.
#[inline(never)]
fn measured(run: fn(&[u8]) -> u64, body: &[u8]) -> u64 {
    black_box(run(black_box(body)))
}

/// Prints the table. When `rows` miss a bar, the process fails.
pub(crate) fn main(rows: &[Row]) {
    let arguments: Vec<String> = env::args().skip(1).filter(|word| word != "--bench").collect();
    if let [flag, shape, operation, size] = &*arguments {
        if flag == "--measure" {
            let row = rows.iter().find(|row| row.shape == shape && row.operation == operation);
            let (row, size) = (row.expect("a row"), size.parse().expect("a size"));
            measured(row.run, (row.body)(size).as_bytes());
            return;
        }
    }
    println!("{:36} {:14} {:>10} {:>9} {:>7}", "shape", "operation", "bytes", "a byte", "growth");
    let mut failed = 0;
    for row in rows {
        let mut smallest = None;
        for size in row.sizes {
            let names = [row.shape, row.operation, &size.to_string()];
            if !arguments.iter().all(|word| names.contains(&word.as_str())) {
                continue;
            }
            let bytes = (row.body)(*size).len();
            let cost = instructions(row, *size) as f64 / bytes as f64;
            let growth = cost / *smallest.get_or_insert(cost);
            let is_over = cost > row.most || growth > 1.3;
            failed += u32::from(is_over);
            let verdict = if is_over { "  <- too many" } else { "" };
            println!("{:36} {:14} {bytes:>10} {cost:>9.1} {growth:>7.2}{verdict}", row.shape, row.operation);
        }
    }
    assert!(failed == 0, "{failed} rows are over their bar, or grow by more than 1.3");
}

/// Those of one row, from a process of its own.
fn instructions(row: &Row, size: usize) -> u64 {
    let program = env::current_exe().expect("a path");
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--collect-atstart=no"])
        .args(["--toggle-collect=*measured*".as_ref(), program.as_os_str()])
        .args(["--measure", row.shape, row.operation, &size.to_string()])
        .output()
        .expect("valgrind is installed");
    let report = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{} {}: {report}", row.shape, row.operation);
    let counted = report.lines().find_map(|line| line.split_once("Collected : "));
    counted.and_then(|(_, count)| count.trim().parse().ok()).expect("a count")
}
