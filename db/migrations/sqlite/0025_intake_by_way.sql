DROP INDEX `intakes_open`;--> statement-breakpoint
CREATE UNIQUE INDEX `intakes_open` ON `intakes` (`series_id`,`way`) WHERE "intakes"."finished_at" is null;