// Copyright (c) 2026, the telephony.pbx authors
// GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Draws the charts and tables of the fleet report from the JSON in the page. All evaluation is done before; names are
// hostile, so that nothing here makes HTML of text.
"use strict";
(() => {
  const PRINTED = 250; // rows of a table that go to paper
  const BARS = 12;
  const SCREEN = "screen"; // class of columns that paper is too narrow for
  const report = JSON.parse(document.getElementById("report").textContent);
  const text = DataTable.render.text();

  const forOrder = (type) => type === "sort" || type === "type";
  const column = (title, data, more = {}) => ({ title, data, render: text, defaultContent: "", ...more });
  const number = (title, data, more = {}) => column(title, data, { className: "number", type: "num", ...more });
  const name = (title, data = "name") => column(title, data, { className: "name" });
  const severity = (title = "Severity") =>
    column(title, "severity", {
      className: "severity",
      type: "num",
      render: (value, type, row) => (forOrder(type) ? row.rank : value || "fine"),
    });
  // Sorted by the share or the first number, shown with what it is of.
  const share = (title, used, of, place = "") =>
    number(title, used, {
      className: `number ${place}`.trim(),
      render: (value, type, row) => (forOrder(type) ? (row[of] ? value / row[of] : -1) : `${value} of ${row[of]}`),
    });
  const daysLeft = number("Days left", "days_left", {
    render: (value, type) => (value === null ? (forOrder(type) ? Infinity : "") : value),
  });
  const wrong = column("What is wrong", "wrong", { className: "text" });

  const TABLES = {
    problems: {
      caption: "One by one, worst first",
      columns: [
        severity(), name("Name"), column("What is wrong", "text", { className: "text" }), name("Cloud PBX", "pbx"),
        column("Kind", "kind"),
      ],
    },
    pbxs: {
      caption: "All Cloud PBXs",
      columns: [
        severity(), name("Name"), wrong, column("Status", "status"), column("Serial number", "sn"), column("Plan", "plan"),
        column("Ends", "ends"), daysLeft, share("Extensions", "extensions_used", "extensions"), share("Calls", "calls_used", "calls", SCREEN),
        share("Recording", "recording_used", "recording", SCREEN), share("Proxies", "proxies_connected", "proxies"),
        share("Phones", "phones_online", "phones"), column("Version", "version"),
        column("Region", "region", { className: SCREEN }), column("Group", "group", { className: SCREEN }),
        column("Type", "type", { className: SCREEN }),
      ],
    },
    proxies: {
      caption: "All Onsite Proxies",
      columns: [
        severity(), name("Name"), name("Cloud PBX", "pbx"), wrong, column("Status", "status"),
        share("Phones", "phones_online", "phones"), column("Version", "version"),
      ],
    },
    phones: {
      caption: "All SIP phones and softphones",
      columns: [severity(), name("Number"), column("Kind", "kind"), column("Model", "model"), column("Status", "status")],
    },
    trunks: { caption: "All trunks", columns: [severity(), name("Name"), column("Status", "status")] },
  };

  const drawTable = (place) => {
    const kind = place.dataset.table;
    const table = document.createElement("table");
    table.id = `table-${kind}`;
    table.createCaption().textContent = TABLES[kind].caption;
    place.append(table);
    place.hidden = false;
    place.setAttribute("role", "region");
    place.setAttribute("aria-label", TABLES[kind].caption);
    place.tabIndex = 0;
    return new DataTable(table, {
      data: report[kind],
      columns: TABLES[kind].columns,
      order: kind === "problems" ? [] : [[0, "asc"]],
      autoWidth: false,
      pageLength: 25,
      lengthMenu: [10, 25, 100, 500],
      layout: { topStart: "search", topEnd: "pageLength", bottomStart: "info", bottomEnd: "paging" },
      language: { lengthMenu: "Rows on a page: _MENU_", info: "_START_ to _END_ of _TOTAL_", emptyTable: "Nothing" },
      createdRow: (row, data) => data.severity && row.classList.add(`is-${data.severity}`),
      headerCallback: (row) => row.querySelectorAll("th").forEach((head) => head.setAttribute("scope", "col")),
    });
  };

  const drawChart = (canvas) => {
    const found = report.charts.find((one) => one.id === canvas.dataset.chart);
    const rows = found.rows.slice(0, BARS);
    const style = getComputedStyle(document.documentElement);
    const color = (name) => style.getPropertyValue(name).trim();
    canvas.parentElement.hidden = false;
    canvas.parentElement.style.height = `${rows.length * 28 + 36}px`;
    canvas.setAttribute("aria-label", `${found.title}: bars of the table that follows`);
    const axis = { ticks: { color: color("--text"), precision: 0 }, grid: { color: color("--line") }, border: { display: false } };
    return new Chart(canvas, {
      type: "bar",
      data: { labels: rows.map((row) => row[0]), datasets: [{ data: rows.map((row) => row[1]), backgroundColor: color("--bar") }] },
      options: {
        indexAxis: "y",
        animation: false,
        maintainAspectRatio: false,
        scales: { x: { ...axis, beginAtZero: true }, y: { ...axis, grid: { display: false } } },
        plugins: { legend: { display: false }, tooltip: { displayColors: false } },
      },
    });
  };

  const tables = [...document.querySelectorAll("[data-table]")].map((place) => [place, drawTable(place)]);
  const listed = document.getElementById("problems-static");
  if (listed) listed.hidden = true;
  let charts = [...document.querySelectorAll("canvas[data-chart]")].map(drawChart);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    charts.forEach((chart) => chart.destroy());
    charts = [...document.querySelectorAll("canvas[data-chart]")].map(drawChart);
  });

  // Paper shows the rows that were searched for, in their order, not one page of them.
  let lengths = [];
  addEventListener("beforeprint", () => {
    lengths = tables.map(([, table]) => table.page.len());
    tables.forEach(([place, table]) => {
      const total = table.page.info().recordsDisplay;
      const note = place.parentElement.querySelector(".left-out");
      if (note) {
        note.hidden = total <= PRINTED;
        note.textContent = `The first ${PRINTED} of ${total} rows; all of them are in the JSON file.`;
      }
      table.page.len(PRINTED).page(0).draw(false);
    });
  });
  addEventListener("afterprint", () => {
    tables.forEach(([place, table], at) => {
      table.page.len(lengths[at]).draw(false);
      place.parentElement.querySelectorAll(".left-out").forEach((note) => { note.hidden = true; });
    });
  });
  document.documentElement.dataset.ready = "yes";
})();
