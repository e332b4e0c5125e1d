//! Tables of comma-separated values. A column whose head is a key of the content is that key; for others a file says what they
//! are.

mod cell;
mod columns;
mod row;

use self::columns::Columns;
use self::row::{Row, Seen};
use super::fields::Fields;
use super::foreign::{Node, Value};
use super::ledger::Fate;
use super::number::exact;
use super::upstream::Upstream;
use super::{Format, Reader};
use crate::files::ForeignFile;

pub(super) const FORMAT: Format = Format {
    name: "csv",
    summary: "a table with a head, and a file of its columns (--columns)",
    title: "Table",
    publisher: "The operator of this site",
    url: None,
    reader: Reader::Tables(read),
};

/// A table whose head is read.
struct Table<'a> {
    file: &'a ForeignFile,
    text: &'a str,
    heads: Vec<String>,
    rows: ::csv::StringRecordsIntoIter<&'a [u8]>,
}

fn read(files: &[ForeignFile], columns: Option<&ForeignFile>) -> Result<Upstream, String> {
    let columns = columns.map(Columns::parse).transpose()?.unwrap_or_default();
    let mut upstream = Upstream::default();
    let (mut tables, mut wrong) = (Vec::new(), Vec::new());
    for file in files {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        if name != "-" && !name.to_lowercase().ends_with(".csv") {
            let why = "not a CSV file: no record".to_owned();
            upstream.ledger.enter(&file.path, &file.path, Fate::LeftOut(why));
            continue;
        }
        let Some(table) = upstream.ledger.parsed(file, &file.path, |_| head(file)) else { continue };
        wrong.extend(unclear(&table));
        tables.push(table);
    }
    let heads: Vec<String> = tables.iter().flat_map(|table| table.heads.iter().cloned()).collect();
    if !tables.is_empty() {
        wrong.extend(columns.missing(&heads));
    }
    if !wrong.is_empty() {
        return Err(wrong.join("\n"));
    }
    let mut seen = Seen::default();
    for table in tables {
        rows(&mut upstream, table, &columns, &mut seen);
    }
    Ok(upstream)
}

/// Reads the head of a table.
fn head(file: &ForeignFile) -> Result<Table<'_>, String> {
    let text = file.text.as_deref().map_err(Clone::clone)?;
    let mut reader = ::csv::ReaderBuilder::new();
    let reader = reader.flexible(true).trim(::csv::Trim::All).has_headers(false);
    let mut rows = reader.from_reader(text.as_bytes()).into_records();
    let head = rows.next().ok_or("no table: there is no head")?.map_err(|error| format!("no table: {error}"))?;
    let heads = head.iter().enumerate().map(|(index, head)| match head {
        "" => format!("column {}", index + 1),
        head => head.to_owned(),
    });
    Ok(Table { file, text, heads: heads.collect(), rows })
}

/// What in a head can be understood in two ways, with what to do about it.
fn unclear(table: &Table<'_>) -> Vec<String> {
    let path = &table.file.path;
    if let [one] = table.heads.as_slice()
        && let Some(sign) = [';', '\t', '|'].into_iter().find(|&sign| one.contains(sign))
    {
        return vec![format!("{path}:1: the head is one column with {sign:?} in it; separate the cells by commas")];
    }
    let twice = table.heads.iter().enumerate().filter_map(|(index, head)| {
        let first = table.heads[..index].iter().position(|other| other == head)?;
        Some(format!(
            "{path}:1: the columns {} and {} are both called `{head}`; give one of them another name",
            first + 1,
            index + 1
        ))
    });
    twice.collect()
}

/// Reads the rows of a table, each a record.
fn rows(upstream: &mut Upstream, table: Table<'_>, columns: &Columns, seen: &mut Seen) {
    let Table { file, text, heads, mut rows } = table;
    let (bytes, mut at, mut line) = (text.as_bytes(), 0, 1);
    while let Some(row) = rows.next() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                upstream.ledger.enter(&file.path, "a row", Fate::LeftOut(format!("cannot be read: {error}")));
                continue;
            }
        };
        // The reader's own place of a row is in front of the line ends that lead to it.
        let start = row.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(at);
        let start = start + bytes[start..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        line += bytes[at..start].iter().filter(|&&byte| byte == b'\n').count();
        at = start;
        let id = format!("line {line}");
        let is_last = usize::try_from(rows.reader().position().byte()).is_ok_and(|end| end >= text.len());
        let why = if is_last && bytes[start..].iter().filter(|&&byte| byte == b'"').count() % 2 == 1 {
            Some("a quote that nobody closes: all that follows may belong to its cell".to_owned())
        } else if row.len() != heads.len() {
            Some(format!("another number of cells than the head has: {} and {}", row.len(), heads.len()))
        } else if row.iter().eq(heads.iter()) {
            Some("the head again".to_owned())
        } else {
            None
        };
        if let Some(why) = why {
            upstream.ledger.enter(&file.path, &id, Fate::LeftOut(why));
            continue;
        }
        let cells = heads.iter().zip(&row).map(|(head, cell)| (head.clone(), Node { value: value(cell), line }));
        let node = Node { value: Value::Table(cells.collect()), line };
        let (record, fields) = Fields::open(&mut upstream.ledger, &file.path, &id, &node);
        let read = fields.map(|mut fields| {
            let mut row = Row::default();
            for head in &heads {
                match columns.of(head) {
                    Ok(column) => row.cell(&mut fields, head, &column),
                    Err(why) => fields.leave_out_of(head, why),
                }
            }
            row
        });
        if let Some(row) = read
            && let Err(why) = row.settle(record, upstream, seen)
        {
            upstream.ledger.leave_out_record(record, why);
        }
    }
}

/// The value of a cell: nothing, a number or a text.
fn value(cell: &str) -> Value {
    if cell.is_empty() {
        Value::Null
    } else if exact(cell).is_ok() {
        Value::Number(cell.to_owned())
    } else {
        Value::Text(cell.to_owned())
    }
}

#[cfg(test)]
mod tests;
