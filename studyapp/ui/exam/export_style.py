"""How a printed report looks: dark text on white, whatever the theme of the window is."""

# What Qt's rich text understands too.
PAPER = """
body { color: #1b1b19; background-color: #ffffff; }
h1 { font-size: 20pt; font-weight: 600; margin-top: 0; margin-bottom: 4px; }
h2 { font-size: 13pt; font-weight: 600; margin-top: 18px; margin-bottom: 6px; }
h3 { font-size: 11pt; font-weight: 600; margin-top: 18px; margin-bottom: 2px; }
p { margin-top: 0; margin-bottom: 5px; }
code, pre { font-family: monospace; font-size: 9pt; }
.number { font-size: 20pt; font-weight: 600; margin-top: 8px; }
.soft, .rationale { color: #484843; }
p.right, strong.right { color: #1c6638; }
p.wrong, strong.wrong { color: #9f2f2a; }
p.caution, strong.caution { color: #765000; }
td.right { background-color: #e8f4ec; }
td.wrong { background-color: #fbeceb; }
a { color: #235a93; }
mark { background-color: #fbf2dd; color: #1b1b19; }
"""

# What only a browser does.
SCREEN = """
@page { size: A4; margin: 18mm 16mm; }
body { font: 10.5pt/1.45 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.25; break-after: avoid; }
h3 + p { break-after: avoid; }
table { border-collapse: collapse; width: 100%; }
td { padding: 4px 8px; vertical-align: top; border-bottom: 1px solid #dededa; }
table.options td { border: 1px solid #dededa; border-width: 1px 0; }
td.letter { width: 1.2em; }
td p:last-child, .rationale p:last-child { margin-bottom: 0; }
tr { break-inside: avoid; }
pre { overflow-x: auto; white-space: pre-wrap; background-color: #f6f6f4; padding: 6px 8px; }
.bar { display: block; position: relative; height: 1.45em; }
.bar span { position: absolute; }
.band { top: 0.45em; height: 0.55em; background: #e6eff8; border: 1px solid #5487bd; border-radius: 4px;
  box-sizing: border-box; }
.mark { top: 0; bottom: 0; border-left: 1px dashed #868680; }
.dot { top: 0.4em; width: 0.65em; height: 0.65em; margin-left: -0.32em; border-radius: 50%; background: #5487bd; }
@media print { body { max-width: none; margin: 0; padding: 0; print-color-adjust: exact;
  -webkit-print-color-adjust: exact; } a { color: inherit; text-decoration: none; } }
"""
