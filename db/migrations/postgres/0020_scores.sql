CREATE TABLE "check_ins" (
	"id" text PRIMARY KEY NOT NULL,
	"series_id" text NOT NULL,
	"choice" text NOT NULL,
	"sessions" integer NOT NULL,
	"chosen_at" bigint NOT NULL,
	CONSTRAINT "check_ins_choice" CHECK ("check_ins"."choice" in ('continue', 'change', 'space_out', 'pause', 'stop'))
);
--> statement-breakpoint
CREATE TABLE "score_asks" (
	"series_id" text NOT NULL,
	"kind" text NOT NULL,
	"slot" text NOT NULL,
	"asked_at" bigint NOT NULL,
	CONSTRAINT "score_asks_series_id_kind_slot_pk" PRIMARY KEY("series_id","kind","slot"),
	CONSTRAINT "score_asks_kind" CHECK ("score_asks"."kind" in ('before', 'session', 'after', 'check_in'))
);
--> statement-breakpoint
CREATE TABLE "score_goals" (
	"series_id" text PRIMARY KEY NOT NULL,
	"sealed_goal" text NOT NULL,
	"named_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "score_stops" (
	"series_id" text PRIMARY KEY NOT NULL,
	"stopped_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scores" (
	"series_id" text NOT NULL,
	"kind" text NOT NULL,
	"slot" text NOT NULL,
	"noted_at" bigint NOT NULL,
	"sealed_score" text NOT NULL,
	CONSTRAINT "scores_series_id_kind_slot_pk" PRIMARY KEY("series_id","kind","slot"),
	CONSTRAINT "scores_kind" CHECK ("scores"."kind" in ('before', 'session', 'after'))
);
--> statement-breakpoint
ALTER TABLE "check_ins" ADD CONSTRAINT "check_ins_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score_asks" ADD CONSTRAINT "score_asks_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score_goals" ADD CONSTRAINT "score_goals_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score_stops" ADD CONSTRAINT "score_stops_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scores" ADD CONSTRAINT "scores_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "check_ins_series" ON "check_ins" USING btree ("series_id","chosen_at");