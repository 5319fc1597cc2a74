CREATE TABLE "accounts" (
	"user_id" text NOT NULL,
	"type" text NOT NULL,
	"provider" text NOT NULL,
	"provider_account_id" text NOT NULL,
	"refresh_token" text,
	"access_token" text,
	"expires_at" integer,
	"token_type" text,
	"scope" text,
	"id_token" text,
	"session_state" text,
	CONSTRAINT "accounts_provider_provider_account_id_pk" PRIMARY KEY("provider","provider_account_id")
);
--> statement-breakpoint
CREATE TABLE "appointments" (
	"id" text PRIMARY KEY NOT NULL,
	"series_id" text NOT NULL,
	"position" integer NOT NULL,
	"client_id" text NOT NULL,
	"therapist_id" text NOT NULL,
	"room_id" text NOT NULL,
	"service_id" text NOT NULL,
	"status" text NOT NULL,
	"start_at" bigint NOT NULL,
	"end_at" bigint NOT NULL,
	"padded_start_at" bigint NOT NULL,
	"padded_end_at" bigint NOT NULL,
	"local_start" text NOT NULL,
	"time_zone" text NOT NULL,
	"nominal_start_at" bigint NOT NULL,
	"minutes" integer NOT NULL,
	"price_cents" integer NOT NULL,
	"currency" text NOT NULL,
	"sequence" integer NOT NULL,
	"version" integer NOT NULL,
	"created_at" bigint NOT NULL,
	"cancelled_at" bigint,
	"cancelled_by" text,
	"completed_at" bigint,
	"no_show_at" bigint,
	CONSTRAINT "appointments_status" CHECK ("appointments"."status" in ('booked', 'cancelled', 'completed', 'no_show')),
	CONSTRAINT "appointments_state_facts" CHECK (("appointments"."status" = 'cancelled') = ("appointments"."cancelled_at" is not null) and ("appointments"."status" = 'cancelled') = ("appointments"."cancelled_by" is not null) and ("appointments"."status" = 'completed') = ("appointments"."completed_at" is not null) and ("appointments"."status" = 'no_show') = ("appointments"."no_show_at" is not null)),
	CONSTRAINT "appointments_length" CHECK ("appointments"."minutes" > 0 and "appointments"."end_at" = "appointments"."start_at" + "appointments"."minutes" * 60000),
	CONSTRAINT "appointments_padding" CHECK ("appointments"."padded_start_at" <= "appointments"."start_at" and "appointments"."padded_end_at" >= "appointments"."end_at"),
	CONSTRAINT "appointments_price" CHECK ("appointments"."price_cents" >= 0)
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"id" text PRIMARY KEY NOT NULL,
	"happened_at" bigint NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"facts" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "claims" (
	"resource_id" text NOT NULL,
	"cell" integer NOT NULL,
	"owner_uid" text NOT NULL,
	"kind" text NOT NULL,
	"expires_at" bigint,
	CONSTRAINT "claims_resource_id_cell_pk" PRIMARY KEY("resource_id","cell"),
	CONSTRAINT "claims_kind" CHECK ("claims"."kind" in ('appointment', 'hold', 'time_off', 'external')),
	CONSTRAINT "claims_expiry" CHECK (("claims"."kind" = 'hold') = ("claims"."expires_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "clients" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"phone" text,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "holidays" (
	"closed_on" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency" (
	"key" text PRIMARY KEY NOT NULL,
	"body_hash" text NOT NULL,
	"series_id" text NOT NULL,
	"answer" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "manage_tokens" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"series_id" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"to_email" text NOT NULL,
	"facts" text NOT NULL,
	"message_id" text NOT NULL,
	"series_id" text,
	"appointment_id" text,
	"created_at" bigint NOT NULL,
	"due_at" bigint NOT NULL,
	"attempts" integer NOT NULL,
	"leased_until" bigint,
	"leased_by" text,
	"last_error" text,
	"sent_at" bigint,
	"dead_at" bigint,
	"dropped_at" bigint,
	CONSTRAINT "outbox_lease" CHECK (("outbox"."leased_until" is null) = ("outbox"."leased_by" is null)),
	CONSTRAINT "outbox_one_end" CHECK ((case when "outbox"."sent_at" is null then 0 else 1 end) + (case when "outbox"."dead_at" is null then 0 else 1 end) + (case when "outbox"."dropped_at" is null then 0 else 1 end) <= 1)
);
--> statement-breakpoint
CREATE TABLE "overrides" (
	"therapist_id" text NOT NULL,
	"override_on" text NOT NULL,
	"hours" text NOT NULL,
	"time_zone" text NOT NULL,
	CONSTRAINT "overrides_therapist_id_override_on_pk" PRIMARY KEY("therapist_id","override_on")
);
--> statement-breakpoint
CREATE TABLE "practices" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"time_zone" text NOT NULL,
	"currency" text NOT NULL,
	"locale" text NOT NULL,
	"address" text NOT NULL,
	"phone" text NOT NULL,
	"email" text NOT NULL,
	"is_demo" boolean NOT NULL,
	"step_minutes" integer NOT NULL,
	"notice_minutes" integer NOT NULL,
	"window_days" integer NOT NULL,
	"cancel_cutoff_minutes" integer NOT NULL,
	"move_cutoff_minutes" integer NOT NULL,
	"hold_minutes" integer NOT NULL,
	"max_sessions" integer NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "room_services" (
	"room_id" text NOT NULL,
	"service_id" text NOT NULL,
	CONSTRAINT "room_services_room_id_service_id_pk" PRIMARY KEY("room_id","service_id")
);
--> statement-breakpoint
CREATE TABLE "rooms" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"position" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "series" (
	"id" text PRIMARY KEY NOT NULL,
	"client_id" text NOT NULL,
	"therapist_id" text NOT NULL,
	"cadence" text NOT NULL,
	"first_on" text NOT NULL,
	"local_time" text NOT NULL,
	"time_zone" text NOT NULL,
	"sessions" integer NOT NULL,
	"note" text,
	"version" integer NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "series_cadence" CHECK ("series"."cadence" in ('once', 'weekly', 'biweekly')),
	CONSTRAINT "series_sessions" CHECK ("series"."sessions" >= 1 and ("series"."cadence" <> 'once' or "series"."sessions" = 1))
);
--> statement-breakpoint
CREATE TABLE "series_questions" (
	"series_id" text PRIMARY KEY NOT NULL,
	"question_slug" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "service_lengths" (
	"service_id" text NOT NULL,
	"minutes" integer NOT NULL,
	"price_cents" integer NOT NULL,
	CONSTRAINT "service_lengths_service_id_minutes_pk" PRIMARY KEY("service_id","minutes"),
	CONSTRAINT "service_lengths_minutes" CHECK ("service_lengths"."minutes" > 0 and "service_lengths"."price_cents" >= 0)
);
--> statement-breakpoint
CREATE TABLE "services" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"summary" text NOT NULL,
	"suits" text NOT NULL,
	"pressure" integer NOT NULL,
	"setup_minutes" integer NOT NULL,
	"cleanup_minutes" integer NOT NULL,
	"is_active" boolean NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "services_pressure" CHECK ("services"."pressure" between 1 and 3),
	CONSTRAINT "services_buffers" CHECK ("services"."setup_minutes" >= 0 and "services"."cleanup_minutes" >= 0)
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"session_token" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "skips" (
	"series_id" text NOT NULL,
	"position" integer NOT NULL,
	"nominal_start_at" bigint NOT NULL,
	"nominal_on" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "skips_series_id_position_pk" PRIMARY KEY("series_id","position")
);
--> statement-breakpoint
CREATE TABLE "therapist_services" (
	"therapist_id" text NOT NULL,
	"service_id" text NOT NULL,
	CONSTRAINT "therapist_services_therapist_id_service_id_pk" PRIMARY KEY("therapist_id","service_id")
);
--> statement-breakpoint
CREATE TABLE "therapists" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text,
	"name" text NOT NULL,
	"about" text NOT NULL,
	"colour" text NOT NULL,
	"is_active" boolean NOT NULL,
	"position" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "time_off" (
	"id" text PRIMARY KEY NOT NULL,
	"therapist_id" text NOT NULL,
	"start_at" bigint NOT NULL,
	"end_at" bigint NOT NULL,
	"kind" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "time_off_forward" CHECK ("time_off"."start_at" < "time_off"."end_at"),
	CONSTRAINT "time_off_kind" CHECK ("time_off"."kind" in ('leave', 'break', 'closure'))
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text,
	"email" text NOT NULL,
	"email_verified_at" bigint,
	"image" text,
	"role" text DEFAULT 'client' NOT NULL,
	CONSTRAINT "users_role" CHECK ("users"."role" in ('owner', 'therapist', 'client'))
);
--> statement-breakpoint
CREATE TABLE "verification_tokens" (
	"identifier" text NOT NULL,
	"token" text NOT NULL,
	"expires_at" bigint NOT NULL,
	CONSTRAINT "verification_tokens_identifier_token_pk" PRIMARY KEY("identifier","token")
);
--> statement-breakpoint
CREATE TABLE "working_hours" (
	"therapist_id" text NOT NULL,
	"weekday" integer NOT NULL,
	"from_time" text NOT NULL,
	"until_time" text NOT NULL,
	"time_zone" text NOT NULL,
	CONSTRAINT "working_hours_therapist_id_weekday_from_time_pk" PRIMARY KEY("therapist_id","weekday","from_time"),
	CONSTRAINT "working_hours_weekday" CHECK ("working_hours"."weekday" between 0 and 6),
	CONSTRAINT "working_hours_forward" CHECK ("working_hours"."from_time" < "working_hours"."until_time")
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_client_id_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "manage_tokens" ADD CONSTRAINT "manage_tokens_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_appointment_id_appointments_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "overrides" ADD CONSTRAINT "overrides_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_services" ADD CONSTRAINT "room_services_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_services" ADD CONSTRAINT "room_services_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "series" ADD CONSTRAINT "series_client_id_clients_id_fk" FOREIGN KEY ("client_id") REFERENCES "public"."clients"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "series" ADD CONSTRAINT "series_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "series_questions" ADD CONSTRAINT "series_questions_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_lengths" ADD CONSTRAINT "service_lengths_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "skips" ADD CONSTRAINT "skips_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "therapist_services" ADD CONSTRAINT "therapist_services_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "therapist_services" ADD CONSTRAINT "therapist_services_service_id_services_id_fk" FOREIGN KEY ("service_id") REFERENCES "public"."services"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "therapists" ADD CONSTRAINT "therapists_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "time_off" ADD CONSTRAINT "time_off_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "working_hours" ADD CONSTRAINT "working_hours_therapist_id_therapists_id_fk" FOREIGN KEY ("therapist_id") REFERENCES "public"."therapists"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "appointments_place" ON "appointments" USING btree ("series_id","position");--> statement-breakpoint
CREATE INDEX "appointments_therapist" ON "appointments" USING btree ("therapist_id","padded_start_at","padded_end_at","status");--> statement-breakpoint
CREATE INDEX "appointments_room" ON "appointments" USING btree ("room_id","padded_start_at","padded_end_at","status");--> statement-breakpoint
CREATE INDEX "appointments_busy" ON "appointments" USING btree ("padded_start_at","padded_end_at","status","therapist_id","room_id");--> statement-breakpoint
CREATE INDEX "appointments_start" ON "appointments" USING btree ("start_at");--> statement-breakpoint
CREATE INDEX "appointments_client" ON "appointments" USING btree ("client_id","start_at");--> statement-breakpoint
CREATE INDEX "audit_events_subject" ON "audit_events" USING btree ("subject","happened_at");--> statement-breakpoint
CREATE INDEX "claims_owner" ON "claims" USING btree ("owner_uid");--> statement-breakpoint
CREATE INDEX "claims_holds" ON "claims" USING btree ("expires_at") WHERE "claims"."expires_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "clients_email_name" ON "clients" USING btree ("email","name");--> statement-breakpoint
CREATE INDEX "idempotency_age" ON "idempotency" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "manage_tokens_series" ON "manage_tokens" USING btree ("series_id");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_message_id" ON "outbox" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("sent_at","dead_at","dropped_at","due_at");--> statement-breakpoint
CREATE INDEX "series_client" ON "series" USING btree ("client_id");--> statement-breakpoint
CREATE INDEX "time_off_therapist" ON "time_off" USING btree ("therapist_id","start_at","end_at");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree ("email");