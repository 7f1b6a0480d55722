INSERT INTO treasury_unit (code, name, kind, minor_units)
SELECT code, name, kind, public.hedgebook_minor_units(code) FROM (VALUES
    ('AED', 'UAE dirham', 'CURRENCY'), ('AUD', 'Australian dollar', 'CURRENCY'), ('BGN', 'Bulgarian lev', 'CURRENCY'),
    ('BHD', 'Bahraini dinar', 'CURRENCY'), ('BRL', 'Brazilian real', 'CURRENCY'), ('CAD', 'Canadian dollar', 'CURRENCY'),
    ('CHF', 'Swiss franc', 'CURRENCY'), ('CLP', 'Chilean peso', 'CURRENCY'), ('CNY', 'Chinese yuan', 'CURRENCY'),
    ('COP', 'Colombian peso', 'CURRENCY'), ('CZK', 'Czech koruna', 'CURRENCY'), ('DKK', 'Danish krone', 'CURRENCY'),
    ('EGP', 'Egyptian pound', 'CURRENCY'), ('EUR', 'euro', 'CURRENCY'), ('GBP', 'pound sterling', 'CURRENCY'),
    ('HKD', 'Hong Kong dollar', 'CURRENCY'), ('HUF', 'Hungarian forint', 'CURRENCY'), ('IDR', 'Indonesian rupiah', 'CURRENCY'),
    ('ILS', 'Israeli shekel', 'CURRENCY'), ('INR', 'Indian rupee', 'CURRENCY'), ('ISK', 'Icelandic króna', 'CURRENCY'),
    ('JOD', 'Jordanian dinar', 'CURRENCY'), ('JPY', 'Japanese yen', 'CURRENCY'), ('KRW', 'South Korean won', 'CURRENCY'),
    ('KWD', 'Kuwaiti dinar', 'CURRENCY'), ('MXN', 'Mexican peso', 'CURRENCY'), ('MYR', 'Malaysian ringgit', 'CURRENCY'),
    ('NOK', 'Norwegian krone', 'CURRENCY'), ('NZD', 'New Zealand dollar', 'CURRENCY'), ('OMR', 'Omani rial', 'CURRENCY'),
    ('PEN', 'Peruvian sol', 'CURRENCY'), ('PHP', 'Philippine peso', 'CURRENCY'), ('PLN', 'Polish złoty', 'CURRENCY'),
    ('QAR', 'Qatari riyal', 'CURRENCY'), ('RON', 'Romanian leu', 'CURRENCY'), ('RUB', 'Russian rouble', 'CURRENCY'),
    ('SAR', 'Saudi riyal', 'CURRENCY'), ('SEK', 'Swedish krona', 'CURRENCY'), ('SGD', 'Singapore dollar', 'CURRENCY'),
    ('THB', 'Thai baht', 'CURRENCY'), ('TND', 'Tunisian dinar', 'CURRENCY'), ('TRY', 'Turkish lira', 'CURRENCY'),
    ('TWD', 'Taiwan dollar', 'CURRENCY'), ('UAH', 'Ukrainian hryvnia', 'CURRENCY'), ('USD', 'US dollar', 'CURRENCY'),
    ('VND', 'Vietnamese dong', 'CURRENCY'), ('ZAR', 'South African rand', 'CURRENCY'),
    ('BBL', 'barrels', 'QUANTITY'), ('GAL', 'US gallons', 'QUANTITY'), ('MT', 'metric tonnes', 'QUANTITY'),
    ('MWH', 'megawatt hours', 'QUANTITY'), ('TOZ', 'troy ounces', 'QUANTITY'), ('MMBTU', 'million British thermal units', 'QUANTITY'),
    ('LB', 'pounds', 'QUANTITY'), ('KG', 'kilograms', 'QUANTITY'), ('BU', 'bushels', 'QUANTITY'), ('LOT', 'lots', 'QUANTITY'), ('IDX', 'index units', 'QUANTITY')
) AS unit (code, name, kind);
