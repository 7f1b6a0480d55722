"""ROOF: the demo company, its market and its past nights.

Owns: the made-up group of companies, the market data that the demo runs on (real ECB and oil history, and
what is derived from them and labelled synthetic), the demo users, the command `manage.py demo`. Does not
own: any formula (treasury.quant), any rule of the book (domain layers), the night (treasury.nightly). May
import everything below it; nothing imports it but treasury.config's settings by name.
"""
