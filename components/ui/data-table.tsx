"use client";

import { clsx } from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import { Link } from "./link.tsx";
import { lazy, useState, type ReactNode } from "react";
import { nextSort, sortRows, type Sort, type SortValue } from "./sort-rows.ts";
import type { WindowedRow, WindowedRows as Windowed } from "./windowed-rows.tsx";

// What knows which rows are in sight is only fetched for tables that are so long.
const WindowedRows = lazy(() =>
  import("./windowed-rows.tsx").then((module) => ({ default: module.WindowedRows })),
) as unknown as typeof Windowed;

/** A table of more rows draws only those in sight. */
const MANY = 150;
/** Columns that do not move with the rows that happen to be in sight. */
const EVEN_COLUMNS = "table-fixed [&_th:first-child]:w-1/4";

/** A column; the first one of a table names its rows. */
export interface Column<T> {
  key: string;
  header: string;
  cell: (row: T) => ReactNode;
  /** Makes the column sortable; null sorts last in either direction. */
  sortBy?: (row: T) => SortValue;
  align?: "start" | "end";
  /** Left out where room is short. */
  wide?: boolean;
  /** On phones: stands beside the row's name, without its header. */
  beside?: boolean;
}

interface DataTableProps<T> {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  /** Where a row leads: its first cell becomes the link, `j` and `k` move along the rows. */
  href?: (row: T) => string;
  /** Without it rows keep the order they came in until a header is clicked. */
  initialSort?: Sort;
  /** Small rows that stay a table on phones. */
  dense?: boolean;
}

/** A sortable table whose rows become cards of label and value on phones. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { label, columns, rows, initialSort, dense = false } = props;
  const [sort, setSort] = useState<Sort | null>(initialSort ?? null);
  const sortBy = columns.find((column) => column.key === sort?.key)?.sortBy;
  const ordered = sort && sortBy ? sortRows(rows, sortBy, sort.direction) : rows;
  const listOnPhone = !dense;
  const many = rows.length > MANY;
  return (
    <table
      role="table"
      aria-label={label}
      aria-rowcount={many ? rows.length + 1 : undefined}
      data-rows={props.href ? "" : undefined}
      className={clsx("w-full border-collapse", listOnPhone && "max-sm:block", many && EVEN_COLUMNS)}
    >
      <thead role="rowgroup" className={clsx(listOnPhone && "max-sm:hidden")}>
        <tr role="row" aria-rowindex={many ? 1 : undefined}>
          {columns.map((column) => (
            <HeaderCell
              key={column.key}
              column={column}
              direction={sort?.key === column.key ? sort.direction : null}
              onSort={() => setSort(nextSort(sort, column.key))}
              dense={dense}
            />
          ))}
        </tr>
      </thead>
      <Body {...props} rows={ordered} dense={dense} many={many} />
    </table>
  );
}

interface BodyProps<T> extends Pick<DataTableProps<T>, "columns" | "rows" | "rowKey" | "href"> {
  dense: boolean;
  many: boolean;
}

function Body<T>({ columns, rows, rowKey, href, dense, many }: BodyProps<T>) {
  const className = clsx(!dense && "max-sm:block");
  const rowOf = (row: T, place?: WindowedRow) => (
    <Row key={rowKey(row)} row={row} columns={columns} href={href?.(row)} dense={dense} place={place} />
  );
  if (many) {
    return (
      <WindowedRows rows={rows} rowKey={rowKey} className={className}>
        {rowOf}
      </WindowedRows>
    );
  }
  return (
    <tbody role="rowgroup" className={className}>
      {rows.map((row) => rowOf(row))}
    </tbody>
  );
}

interface HeaderCellProps<T> {
  column: Column<T>;
  direction: Sort["direction"] | null;
  onSort: () => void;
  dense: boolean;
}

function HeaderCell<T>({ column, direction, onSort, dense }: HeaderCellProps<T>) {
  const Arrow = direction === "ascending" ? ArrowUp : ArrowDown;
  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={direction ?? undefined}
      className={clsx(
        "text-small text-faint pr-3 font-normal whitespace-nowrap last:pr-0",
        dense ? "pb-0" : "pb-1.5",
        column.align === "end" ? "text-right" : "text-left",
        hiddenWhen(column, dense),
      )}
    >
      {column.sortBy ? (
        <button type="button" onClick={onSort} className="hover:text-ink rounded-chip min-h-6 min-w-6">
          {column.header}
          {direction && <Arrow size={11} aria-hidden="true" className="ml-0.5 inline align-[-1px]" />}
        </button>
      ) : (
        column.header
      )}
    </th>
  );
}

interface RowProps<T> {
  row: T;
  columns: readonly Column<T>[];
  href: string | undefined;
  dense: boolean;
  /** Where the row stands among many. */
  place: WindowedRow | undefined;
}

function Row<T>({ row, columns, href, dense, place }: RowProps<T>) {
  return (
    <tr
      role="row"
      {...place}
      className={clsx(
        "border-line-soft border-t",
        !dense && "max-sm:grid max-sm:grid-cols-2 max-sm:gap-x-4 max-sm:gap-y-0.5 max-sm:py-2.5",
        href !== undefined && "hover:bg-raised/50 focus-within:bg-raised/50 relative",
      )}
    >
      {columns.map((column, index) => (
        <Cell
          key={column.key}
          column={column}
          dense={dense}
          first={index === 0}
          fullWidth={index === 0 && !columns[1]?.beside}
        >
          {index === 0 && href !== undefined ? (
            <Link
              href={href}
              data-row-link=""
              className="rounded-chip font-medium after:absolute after:inset-0 after:content-['']"
            >
              {column.cell(row)}
            </Link>
          ) : (
            column.cell(row)
          )}
        </Cell>
      ))}
    </tr>
  );
}

interface CellProps<T> {
  column: Column<T>;
  dense: boolean;
  first: boolean;
  /** Has its line of the card to itself. */
  fullWidth: boolean;
  children: ReactNode;
}

function Cell<T>({ column, dense, first, fullWidth, children }: CellProps<T>) {
  const labelled = !dense && !first && !column.beside && column.header !== "";
  return (
    <td
      role="cell"
      className={clsx(
        "pr-3 align-middle last:pr-0",
        dense ? "py-0" : ["py-2.25", !column.wide && cardLine(first, labelled, fullWidth)],
        column.align === "end" && "text-right whitespace-nowrap",
        hiddenWhen(column, dense),
      )}
    >
      {labelled && <span className="text-small text-faint sm:hidden">{column.header}</span>}
      {children}
    </td>
  );
}

/** On phones a cell is a line of label and value; the first names the card. */
function cardLine(first: boolean, labelled: boolean, fullWidth: boolean): string {
  return clsx(
    "max-sm:flex max-sm:items-center max-sm:gap-2 max-sm:p-0",
    first ? "max-sm:pb-1" : labelled ? "max-sm:justify-between" : "max-sm:justify-end",
    fullWidth && "max-sm:col-span-2",
  );
}

/** A dense table has its own narrow place; any other shares the page and needs more room. */
function hiddenWhen<T>(column: Column<T>, dense: boolean): string {
  if (!column.wide) return "";
  return dense ? "max-sm:hidden" : "max-lg:hidden";
}
