-- The tables first: their step down is among the functions that go.
SELECT dynasty._change_tables('1.0');
DROP FUNCTION dynasty.scout_record(text);
DROP FUNCTION dynasty._down_1_1__1_0();
DROP FUNCTION dynasty._up_1_0__1_1(text[]);
