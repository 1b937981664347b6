-- Ends what encoding_setup.sql began.
\c :home
SET client_min_messages = warning;
DROP DATABASE :elsewhere;
