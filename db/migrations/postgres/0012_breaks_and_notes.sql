CREATE TABLE "day_notes" (
	"id" text PRIMARY KEY NOT NULL,
	"note_on" text NOT NULL,
	"therapist_id" text,
	"words" text NOT NULL,
	"version" integer NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "repeating_breaks" (
	"id" text PRIMARY KEY NOT NULL,
	"therapist_id" text NOT NULL,
	"name" text NOT NULL,
	"weekdays" integer NOT NULL,
	"from_time" text NOT NULL,
	"until_time" text NOT NULL,
	"time_zone" text NOT NULL,
	"valid_from" text NOT NULL,
	"valid_until" text,
	CONSTRAINT "repeating_breaks_weekdays" CHECK ("repeating_breaks"."weekdays" between 1 and 127),
	CONSTRAINT "repeating_breaks_forward" CHECK ("repeating_breaks"."from_time" < "repeating_breaks"."until_time"),
	CONSTRAINT "repeating_breaks_days" CHECK ("repeating_breaks"."valid_until" is null or "repeating_breaks"."valid_from" <= "repeating_breaks"."valid_until")
);
--> statement-breakpoint
ALTER TABLE "day_notes" ADD CONSTRAINT "day_notes_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repeating_breaks" ADD CONSTRAINT "repeating_breaks_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "day_notes_day" ON "day_notes" USING btree ("note_on");--> statement-breakpoint
CREATE INDEX "repeating_breaks_therapist" ON "repeating_breaks" USING btree ("therapist_id");