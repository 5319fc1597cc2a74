CREATE TABLE "hand_over_requests" (
	"id" text PRIMARY KEY NOT NULL,
	"series_id" text NOT NULL,
	"from_therapist_id" text NOT NULL,
	"to_therapist_id" text NOT NULL,
	"dates" text NOT NULL,
	"reason" text NOT NULL,
	"asked_by" text NOT NULL,
	"asked_at" bigint NOT NULL,
	"answer_by" bigint NOT NULL,
	"answer" text,
	"answered_at" bigint,
	"stayed" text NOT NULL,
	"settled_at" bigint,
	CONSTRAINT "hand_over_requests_answer" CHECK (("hand_over_requests"."answered_at" is null) = ("hand_over_requests"."answer" is null) and ("hand_over_requests"."answer" is null or "hand_over_requests"."answer" in ('yes', 'no'))),
	CONSTRAINT "hand_over_requests_other" CHECK ("hand_over_requests"."from_therapist_id" <> "hand_over_requests"."to_therapist_id")
);
--> statement-breakpoint
ALTER TABLE "hand_over_requests" ADD CONSTRAINT "hand_over_requests_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_over_requests" ADD CONSTRAINT "hand_over_requests_from_therapist_id_therapists_id_fk" FOREIGN KEY ("from_therapist_id") REFERENCES "public"."therapists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_over_requests" ADD CONSTRAINT "hand_over_requests_to_therapist_id_therapists_id_fk" FOREIGN KEY ("to_therapist_id") REFERENCES "public"."therapists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "hand_over_requests_series" ON "hand_over_requests" USING btree ("series_id");--> statement-breakpoint
CREATE INDEX "hand_over_requests_open" ON "hand_over_requests" USING btree ("settled_at","answer_by");