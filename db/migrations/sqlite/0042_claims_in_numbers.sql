CREATE TABLE `holds` (
	`owner` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `holds_name` ON `holds` (`name`);--> statement-breakpoint
CREATE INDEX `holds_end` ON `holds` (`expires_at`);--> statement-breakpoint
CREATE TABLE `resources` (
	`number` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `resources_name` ON `resources` (`name`);--> statement-breakpoint
CREATE TABLE `__new_claims` (
	`resource_id` integer NOT NULL,
	`cell` integer NOT NULL,
	`owner` integer NOT NULL,
	`kind` integer NOT NULL,
	`expires_at` integer,
	PRIMARY KEY(`resource_id`, `cell`),
	CONSTRAINT "claims_kind" CHECK("__new_claims"."kind" between 1 and 4),
	CONSTRAINT "claims_expiry" CHECK(("__new_claims"."kind" = 2) = ("__new_claims"."expires_at" is not null))
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO resources (number, name)
	SELECT row_number() OVER (ORDER BY resource_id), resource_id FROM (SELECT DISTINCT resource_id FROM claims) AS named;
--> statement-breakpoint
CREATE TABLE __claim_owners (uid text NOT NULL, is_hold integer NOT NULL, owner integer NOT NULL, PRIMARY KEY (uid, is_hold));
--> statement-breakpoint
-- As `ownerOf` of db/claims/claim-numbers.ts works it out, letter by letter.
INSERT INTO __claim_owners (uid, is_hold, owner)
	WITH RECURSIVE owners(uid, is_hold, below) AS (
		SELECT DISTINCT owner_uid,
			CASE kind WHEN 'hold' THEN 1 ELSE 0 END,
			cast(CASE kind WHEN 'hold' THEN 140737488355213 ELSE 2147483647 END AS integer)
		FROM claims
	), numbered(uid, is_hold, below, letters, number) AS (
		SELECT uid, is_hold, below, 0, cast(0 AS integer) FROM owners
		UNION ALL
		SELECT uid, is_hold, below, letters + 1, (number * 31 + unicode(substr(uid, letters + 1, 1))) % below
		FROM numbered WHERE letters < length(uid)
	)
	SELECT uid, is_hold, CASE is_hold WHEN 1 THEN number + 2147483648 ELSE number END
	FROM numbered WHERE letters = length(uid);
--> statement-breakpoint
INSERT INTO holds (owner, name, expires_at)
	SELECT __claim_owners.owner, __claim_owners.uid, max(claims.expires_at)
	FROM claims JOIN __claim_owners ON __claim_owners.uid = claims.owner_uid
	WHERE claims.kind = 'hold' AND __claim_owners.is_hold = 1
	GROUP BY __claim_owners.owner, __claim_owners.uid;
--> statement-breakpoint
INSERT INTO __new_claims (resource_id, cell, owner, kind, expires_at)
	SELECT resources.number, claims.cell, __claim_owners.owner,
		CASE claims.kind WHEN 'appointment' THEN 1 WHEN 'hold' THEN 2 WHEN 'time_off' THEN 3 WHEN 'external' THEN 4 END,
		claims.expires_at
	FROM claims
	JOIN resources ON resources.name = claims.resource_id
	JOIN __claim_owners ON __claim_owners.uid = claims.owner_uid
		AND __claim_owners.is_hold = CASE claims.kind WHEN 'hold' THEN 1 ELSE 0 END
	ORDER BY resources.number, claims.cell;
--> statement-breakpoint
DROP TABLE __claim_owners;
--> statement-breakpoint
DROP TABLE claims;
--> statement-breakpoint
ALTER TABLE `__new_claims` RENAME TO `claims`;
--> statement-breakpoint
CREATE INDEX `claims_holds` ON `claims` (`expires_at`) WHERE "claims"."expires_at" is not null;--> statement-breakpoint
CREATE INDEX `claims_held_by` ON `claims` (`owner`) WHERE "claims"."expires_at" is not null;