"""The screens of the shared ground: the frame of every page, the components, and the pages that belong to no app.

Owns the style sheet, the table, the pictures, and the pages for runs, calculators, market, policy and change log.
May import treasury.domain, treasury.queries and what lies below them; nothing of exposures, hedges or reports.
"""
