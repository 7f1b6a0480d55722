"""Pictures: Vega-Lite descriptions as plain dicts, rendered on the server to SVG that stands in the page.

Each module describes one picture and knows no model; `render.draw` turns a description into SVG.
Never import vl_convert at module level: a process that has rendered must not fork afterwards.
"""
