-- Who has arrived at the door, person by person: a delegation is one submission.
CREATE TABLE arrivals (
    submission BIGINT NOT NULL, person BIGINT NOT NULL, arrived BIGINT NOT NULL, PRIMARY KEY (submission, person)
);
INSERT INTO arrivals (submission, person, arrived) SELECT id, 0, arrived FROM submissions WHERE arrived IS NOT NULL;
ALTER TABLE submissions DROP COLUMN arrived;
