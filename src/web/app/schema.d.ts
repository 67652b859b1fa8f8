// Generated from the server's OpenAPI document by `npm run types`; never edited by hand.

export interface paths {
    "/api/v1/ask": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask */
        post: operations["askQuestion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ask/examples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Examples */
        get: operations["listExamples"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ask/headline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Headline */
        post: operations["sayHeadline"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ask/index": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Index */
        get: operations["getIndexState"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ask/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change */
        post: operations["changePlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** ListAudit */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** VerifyAudit */
        get: operations["verifyAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** ListOwnActivity */
        get: operations["listOwnActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** ListTrustedDevices */
        get: operations["listTrustedDevices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/devices/{device_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** ForgetTrustedDevice */
        delete: operations["forgetTrustedDevice"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/email-change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** RequestEmailChange */
        post: operations["requestEmailChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/email-change/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** ConfirmEmailChange */
        post: operations["confirmEmailChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/factors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** ListFactors */
        get: operations["listFactors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/factors/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** SetEmailCodes */
        put: operations["setEmailCodes"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/factors/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** RegenerateRecoveryCodes */
        post: operations["regenerateRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/factors/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** StartTotp */
        post: operations["startTotp"];
        /** RemoveTotp */
        delete: operations["removeTotp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/factors/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** ConfirmTotp */
        post: operations["confirmTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** AcceptInvitation */
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/links/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** CheckLink */
        post: operations["checkLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** LogIn */
        post: operations["logIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** LogOut */
        post: operations["logOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** ChangePassword */
        put: operations["changePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/password-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** RequestPasswordReset */
        post: operations["requestPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/password-reset/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** CompletePasswordReset */
        post: operations["completePasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** ReadSignInPolicy */
        get: operations["readSignInPolicy"];
        /** ChangeSignInPolicy */
        put: operations["changeSignInPolicy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** UpdateProfile */
        patch: operations["updateProfile"];
        trace?: never;
    };
    "/api/v1/auth/second-step": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** PassSecondStep */
        post: operations["passSecondStep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/second-step/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** SendEmailCode */
        post: operations["sendEmailCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** ReadSession */
        get: operations["readSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** ListSessions */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /** EndOtherSessions */
        delete: operations["endOtherSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** EndSession */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/set-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** SetUp */
        post: operations["setUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/step-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** StepUp */
        post: operations["stepUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** IssueAccessToken */
        post: operations["issueAccessToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/token/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** RefreshAccessToken */
        post: operations["refreshAccessToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/token/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** RevokeAccessToken */
        post: operations["revokeAccessToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/charts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** ListCharts */
        get: operations["listCharts"];
        put?: never;
        /** Create */
        post: operations["createChart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/charts/{chart_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** GetOne */
        get: operations["getChart"];
        put?: never;
        post?: never;
        /** Remove */
        delete: operations["deleteChart"];
        options?: never;
        head?: never;
        /** Update */
        patch: operations["updateChart"];
        trace?: never;
    };
    "/api/v1/charts/{chart_id}/draw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Draw */
        post: operations["drawChart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/charts/{chart_id}/picture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Picture */
        get: operations["downloadChartPicture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/charts/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Preview */
        post: operations["previewChart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/charts/preview/{question_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** PreviewQuestion */
        get: operations["previewQuestion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** ListDashboards */
        get: operations["listDashboards"];
        put?: never;
        /** Create */
        post: operations["createDashboard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboards/{dashboard_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** GetOne */
        get: operations["getDashboard"];
        put?: never;
        post?: never;
        /** Remove */
        delete: operations["deleteDashboard"];
        options?: never;
        head?: never;
        /** Update */
        patch: operations["updateDashboard"];
        trace?: never;
    };
    "/api/v1/dashboards/{dashboard_id}/course": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Course */
        post: operations["drawDashboardCourse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboards/{dashboard_id}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** SaveDraft */
        put: operations["saveDashboardDraft"];
        post?: never;
        /** DiscardDraft */
        delete: operations["discardDashboardDraft"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboards/{dashboard_id}/duplicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Duplicate */
        post: operations["duplicateDashboard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboards/{dashboard_id}/pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Pin */
        put: operations["pinDashboard"];
        post?: never;
        /** Unpin */
        delete: operations["unpinDashboard"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboards/{dashboard_id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish */
        post: operations["publishDashboard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboards/{dashboard_id}/render": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show */
        get: operations["showDashboard"];
        put?: never;
        /** Render */
        post: operations["renderDashboard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboards/{dashboard_id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Restore */
        post: operations["restoreDashboard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboards/{dashboard_id}/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shares */
        get: operations["listDashboardShares"];
        /** Share */
        put: operations["shareDashboard"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboards/{dashboard_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Versions */
        get: operations["listDashboardVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboards/{dashboard_id}/versions/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Version */
        get: operations["getDashboardVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/dashboards/{dashboard_id}/versions/{number}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** RestoreVersion */
        post: operations["restoreDashboardVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** ListExports */
        get: operations["listExports"];
        put?: never;
        /** Start */
        post: operations["startExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{export_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** GetOne */
        get: operations["getExport"];
        put?: never;
        post?: never;
        /** Remove */
        delete: operations["deleteExport"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{export_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel */
        post: operations["cancelExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/exports/{export_id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download */
        get: operations["downloadExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** ListGroups */
        get: operations["listGroups"];
        put?: never;
        /** CreateGroup */
        post: operations["createGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/groups/{group_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** RenameGroup */
        put: operations["renameGroup"];
        post?: never;
        /** DeleteGroup */
        delete: operations["deleteGroup"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/language-model": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** GetModel */
        get: operations["getLanguageModel"];
        /** PutModel */
        put: operations["setLanguageModel"];
        post?: never;
        /** Remove */
        delete: operations["removeLanguageModel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/language-model/trial": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** TryOut */
        post: operations["tryLanguageModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mailbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** ListMails */
        get: operations["listMails"];
        put?: never;
        post?: never;
        /** Empty */
        delete: operations["emptyMailbox"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mailbox/{mail_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** GetOne */
        get: operations["getMail"];
        put?: never;
        post?: never;
        /** Remove */
        delete: operations["deleteMail"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mailbox/{mail_id}/attachments/{index}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Attachment */
        get: operations["getMailAttachment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mailbox/{mail_id}/page": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Page */
        get: operations["getMailPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** ListPeople */
        get: operations["listPeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** UnderWay */
        get: operations["listRunningQueries"];
        put?: never;
        /** Run */
        post: operations["runQuery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queries/{query_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Progress */
        get: operations["queryProgress"];
        put?: never;
        post?: never;
        /** Stop */
        delete: operations["stopQuery"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queries/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check */
        post: operations["checkQuery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queries/completion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Completion */
        get: operations["getCompletion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queries/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Export */
        post: operations["exportQuery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queries/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** History */
        get: operations["listQueryRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queries/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start */
        post: operations["startQuery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** ListQuestions */
        get: operations["listQuestions"];
        put?: never;
        /** Create */
        post: operations["createQuestion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/questions/{question_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** GetOne */
        get: operations["getQuestion"];
        /** Update */
        put: operations["updateQuestion"];
        post?: never;
        /** Remove */
        delete: operations["deleteQuestion"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/questions/{question_id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Export */
        post: operations["exportQuestion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/questions/{question_id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Restore */
        post: operations["restoreQuestion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/questions/{question_id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rows */
        get: operations["readQuestion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/questions/{question_id}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run */
        post: operations["runQuestion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/questions/{question_id}/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shares */
        get: operations["listQuestionShares"];
        /** Share */
        put: operations["shareQuestion"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** ListReports */
        get: operations["listReports"];
        put?: never;
        /** Create */
        post: operations["createReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{report_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** GetOne */
        get: operations["getReport"];
        /** Change */
        put: operations["updateReport"];
        post?: never;
        /** Remove */
        delete: operations["deleteReport"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{report_id}/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Leave */
        post: operations["leaveReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{report_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pause */
        post: operations["pauseReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{report_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Resume */
        post: operations["resumeReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{report_id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs */
        get: operations["listReportRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{report_id}/runs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Run */
        get: operations["getReportRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{report_id}/runs/{run_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Retry */
        post: operations["retryReportRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/{report_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Test */
        post: operations["testReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/deliveries/{delivery_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Delivery */
        get: operations["getDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/mail-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** MailSettings */
        get: operations["getMailSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Preview */
        post: operations["previewReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/previews/{preview_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** PreviewPage */
        get: operations["getReportPreviewPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Schedule */
        get: operations["previewSchedule"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reports/tests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** TestNew */
        post: operations["testNewReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/semantic/{source_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** GetTerms */
        get: operations["getTerms"];
        /** Update */
        put: operations["updateTerms"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/semantic/{source_id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Check */
        post: operations["checkTerms"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/semantic/{source_id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export */
        get: operations["exportTerms"];
        /** ImportFile */
        put: operations["importTerms"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/semantic/{source_id}/questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Verify */
        post: operations["verifyQuestion"];
        /** Unverify */
        delete: operations["unverifyQuestion"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/semantic/{source_id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Restore */
        post: operations["restoreTerms"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/semantic/{source_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Versions */
        get: operations["listTermVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/semantic/{source_id}/words": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Define */
        post: operations["defineTerm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** ListSources */
        get: operations["listSources"];
        put?: never;
        /** CreateSource */
        post: operations["createSource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources/{source_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** GetSource */
        get: operations["getSource"];
        put?: never;
        post?: never;
        /** DeleteSource */
        delete: operations["deleteSource"];
        options?: never;
        head?: never;
        /** UpdateSource */
        patch: operations["updateSource"];
        trace?: never;
    };
    "/api/v1/sources/{source_id}/access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** GetAccess */
        get: operations["getAccess"];
        /** ReplaceAccess */
        put: operations["replaceAccess"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources/{source_id}/access/condition": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** CheckCondition */
        post: operations["checkAccessCondition"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources/{source_id}/access/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** GetFile */
        get: operations["getAccessFile"];
        /** ReplaceByFile */
        put: operations["replaceAccessByFile"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources/{source_id}/access/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Preview */
        post: operations["previewAccess"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources/{source_id}/catalog": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** GetCatalog */
        get: operations["getCatalog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources/{source_id}/catalog/column": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** DescribeColumn */
        patch: operations["describeColumn"];
        trace?: never;
    };
    "/api/v1/sources/{source_id}/catalog/table": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** DescribeTable */
        patch: operations["describeTable"];
        trace?: never;
    };
    "/api/v1/sources/{source_id}/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** RefreshSource */
        post: operations["refreshSource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources/{source_id}/refresh-schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** ScheduleRefresh */
        put: operations["scheduleRefresh"];
        post?: never;
        /** UnscheduleRefresh */
        delete: operations["unscheduleRefresh"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources/{source_id}/sample": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** SampleTable */
        get: operations["sampleTable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources/{source_id}/tables/{table}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** DeleteTable */
        delete: operations["deleteTable"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources/file-folders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** ListFileFolders */
        get: operations["listFileFolders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources/tasks/{task_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** GetTask */
        get: operations["getSourceTask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sources/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** TestSource */
        post: operations["testSource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** ListTokens */
        get: operations["listTokens"];
        put?: never;
        /** CreateToken */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** RevokeToken */
        delete: operations["revokeToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{token_id}/renew": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** RenewToken */
        post: operations["renewToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** CreateUpload */
        post: operations["createUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads/{upload_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** GetUpload */
        get: operations["getUpload"];
        put?: never;
        post?: never;
        /** DeleteUpload */
        delete: operations["deleteUpload"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads/{upload_id}/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** ImportUpload */
        post: operations["importUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads/{upload_id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** PreviewUpload */
        get: operations["previewUpload"];
        put?: never;
        /** PreviewUploadAs */
        post: operations["previewUploadAs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** ListUsers */
        get: operations["listUsers"];
        put?: never;
        /** InviteUser */
        post: operations["inviteUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** ReadUser */
        get: operations["readUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}/belonging": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** ChangeUserBelonging */
        put: operations["changeUserBelonging"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** EraseUser */
        post: operations["eraseUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** ResendInvitation */
        post: operations["resendInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}/lock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** LockUser */
        post: operations["lockUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}/reset-factors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** ResetUserFactors */
        post: operations["resetUserFactors"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}/role": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** ChangeUserRole */
        put: operations["changeUserRole"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{user_id}/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** UnlockUser */
        post: operations["unlockUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Live */
        get: operations["healthLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Ready */
        get: operations["healthReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** AcceptInvitation */
        AcceptInvitation: {
            /** @default en-GB */
            locale: string;
            name: string;
            password: string;
            token: string;
            /** @default UTC */
            zone: string;
        };
        /** AccessChange */
        AccessChange: {
            /** @default [] */
            released: components["schemas"]["ReleasedTable"][];
            rules: components["schemas"]["Rule"][];
            version: number;
        };
        /** AccessFile */
        AccessFile: {
            text: string;
        };
        /** AccessOut */
        AccessOut: {
            /** @default [] */
            gone: components["schemas"]["TableName"][];
            /** @default [] */
            held: components["schemas"]["HeldTable"][];
            rules: components["schemas"]["Rule"][];
            version: number;
        };
        /** AccessPreview */
        AccessPreview: {
            /** @default 20 */
            rows: number;
            rules?: components["schemas"]["Rule"][] | null;
            schema?: string | null;
            table: string;
            /** Format: uuid */
            userId: string;
        };
        /** AccessTokenOut */
        AccessTokenOut: {
            accessToken: string;
            /** Format: date-time */
            expiresAt: string;
            refreshToken: string;
        };
        /** AddressRecipient */
        AddressRecipient: {
            address: string;
            /** @constant */
            type: "address";
        };
        /** Aggregate */
        Aggregate: {
            /** @default false */
            atOnce: boolean;
            column: components["schemas"]["ColumnRef"];
            /** @default [] */
            filters: (components["schemas"]["OneOf"] | components["schemas"]["analytics_ask_plan_Between"] | components["schemas"]["Compare"] | components["schemas"]["Contains"] | components["schemas"]["IsNull"] | components["schemas"]["CompareColumns"] | components["schemas"]["InAnswer"] | components["schemas"]["CompareAnswer"])[];
            /** @enum {string} */
            function: "sum" | "mean" | "min" | "max" | "count" | "count_distinct" | "median" | "quantile";
            /** @enum {null|string} */
            grain?: "minute15" | "hour" | "day" | "week" | "month" | "quarter" | "year" | "hour_of_day" | "weekday" | "day_kind" | "month_of_year" | null;
            /** @default true */
            isShown: boolean;
            level?: number | null;
            name: string;
            times?: components["schemas"]["ColumnRef"] | null;
            /** @constant */
            type: "aggregate";
            unit?: string | null;
            weight?: components["schemas"]["ColumnRef"] | null;
        };
        /** AllOf */
        AllOf: {
            filters: (components["schemas"]["OneOf"] | components["schemas"]["analytics_ask_plan_Between"] | components["schemas"]["Compare"] | components["schemas"]["Contains"] | components["schemas"]["IsNull"] | components["schemas"]["CompareColumns"] | components["schemas"]["InAnswer"] | components["schemas"]["CompareAnswer"])[];
            /** @constant */
            type: "all_of";
        };
        /** Between */
        analytics_ask_plan_Between: {
            column: components["schemas"]["ColumnRef"];
            high: string | number | boolean;
            low: string | number | boolean;
            /** @default false */
            negated: boolean;
            /** @constant */
            type: "between";
        };
        /** Days */
        analytics_ask_plan_Days: {
            end?: string | null;
            start?: string | null;
            /** @constant */
            type: "days";
        };
        /** Answered */
        Answered: {
            confidence: number;
            elsewhere?: components["schemas"]["SourceSummary"] | null;
            helped?: components["schemas"]["Helped"] | null;
            /** @default false */
            isFollowUp: boolean;
            /** @default [] */
            metrics: components["schemas"]["Vouched"][];
            /** @default [] */
            nextQuestions: string[];
            plan: components["schemas"]["QueryPlan"] | null;
            /** @default [] */
            readings: components["schemas"]["Reading"][];
            reason?: string | null;
            sentence: components["schemas"]["Sentence"] | null;
            /** Format: uuid */
            sourceId: string;
            sql: string | null;
            /** @default [] */
            tokens: components["schemas"]["Phrase"][];
            /** @default [] */
            unknownWords: components["schemas"]["UnknownWord"][];
            verified?: components["schemas"]["Vouched"] | null;
        };
        /** AnyOf */
        AnyOf: {
            filters: (components["schemas"]["OneOf"] | components["schemas"]["analytics_ask_plan_Between"] | components["schemas"]["Compare"] | components["schemas"]["Contains"] | components["schemas"]["IsNull"] | components["schemas"]["CompareColumns"] | components["schemas"]["InAnswer"] | components["schemas"]["CompareAnswer"] | components["schemas"]["AllOf"])[];
            /** @constant */
            type: "any_of";
        };
        /** ApiTokenOut */
        ApiTokenOut: {
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            expiresAt: string;
            /** Format: uuid */
            id: string;
            name: string;
            scopes: string[];
            startsWith: string;
            usedAt: string | null;
        };
        /** ApiTokenWithSecret */
        ApiTokenWithSecret: {
            details: components["schemas"]["ApiTokenOut"];
            token: string;
        };
        /** AppFactor */
        AppFactor: {
            /** Format: date-time */
            addedAt: string;
        };
        /** AskedQuestion */
        AskedQuestion: {
            previous?: components["schemas"]["QueryPlan"] | null;
            question: string;
            /** Format: uuid */
            sourceId: string;
        };
        /** AskForReset */
        AskForReset: {
            email: string;
        };
        /** AuditEntryOut */
        AuditEntryOut: {
            action: string;
            address: string;
            /** Format: date-time */
            at: string;
            detail: {
                [key: string]: unknown;
            };
            number: number;
            subject: string;
            userId: string | null;
            userName: string | null;
        };
        /** AuditPage */
        AuditPage: {
            entries: components["schemas"]["AuditEntryOut"][];
            nextBefore: number | null;
        };
        /** AuditVerification */
        AuditVerification: {
            entries: number;
            firstBad: number | null;
        };
        /** AwaitedStep */
        AwaitedStep: {
            attemptsLeft: number;
            email: string;
            emailExpiresAt: string | null;
            emailResendAt: string | null;
            emailSentAt: string | null;
            /** Format: date-time */
            expiresAt: string;
            mayTrustDevice: boolean;
            methods: ("totp" | "email" | "recovery")[];
            /** @enum {string} */
            purpose: "sign_in" | "step_up";
        };
        /** BadRow */
        BadRow: {
            column: string | null;
            line: number;
            reason: string;
            text: string;
        };
        /** Belonging */
        Belonging: {
            attributes: {
                [key: string]: (string | number | boolean)[];
            };
            groupIds: string[];
        };
        /** CatalogColumn */
        CatalogColumn: {
            /** @enum {null|string} */
            addsUp?: "additive" | "not_over_time" | "weighted_mean" | null;
            description?: string | null;
            /** @default true */
            isNullable: boolean;
            kind: components["schemas"]["Kind"];
            label?: string | null;
            name: string;
            nativeType: string;
            profile?: components["schemas"]["ColumnProfile"] | null;
            role?: components["schemas"]["ColumnRole"];
            unit?: string | null;
            weightedBy?: string | null;
        };
        /** CatalogOut */
        CatalogOut: {
            hiddenTables: components["schemas"]["TableName"][];
            readAt: string | null;
            /** Format: uuid */
            sourceId: string;
            tables: components["schemas"]["CatalogTable"][];
            version: number;
        };
        /** CatalogTable */
        CatalogTable: {
            columns: components["schemas"]["CatalogColumn"][];
            description?: string | null;
            /** @default [] */
            foreignKeys: components["schemas"]["ForeignKey"][];
            /** @default [] */
            inheritsFrom: components["schemas"]["ParentTable"][];
            /** @enum {null|string} */
            intervalLabels?: "start" | "end" | null;
            intervalSeconds?: number | null;
            /** @default false */
            isView: boolean;
            label?: string | null;
            name: string;
            /** @default [] */
            primaryKey: string[];
            rowCount?: number | null;
            schema?: string | null;
            timeColumn?: string | null;
        };
        /** Caution */
        Caution: {
            code: string;
            column?: string | null;
            message: string;
        };
        /** CellBetween */
        CellBetween: {
            column: string;
            high?: number | string | null;
            low?: number | string | null;
            /** @constant */
            type: "between";
        };
        /** CellContains */
        CellContains: {
            column: string;
            text: string;
            /** @constant */
            type: "contains";
        };
        /** CellEquals */
        CellEquals: {
            column: string;
            text: string;
            /** @constant */
            type: "equals";
        };
        /** Changed */
        Changed: {
            before: number;
            version: number;
        };
        /** ChangePassword */
        ChangePassword: {
            currentPassword: string;
            newPassword: string;
        };
        /** ChartChange */
        ChartChange: {
            name?: string;
            /** Format: uuid */
            questionId?: string;
            spec?: components["schemas"]["ChartSpec"];
            version: number;
        };
        /** ChartDetail */
        ChartDetail: {
            canEdit: boolean;
            /** Format: uuid */
            chartId: string;
            /** Format: date-time */
            createdAt: string;
            name: string;
            /** Format: uuid */
            ownerId: string;
            /** Format: uuid */
            questionId: string;
            spec: components["schemas"]["ChartSpec"];
            /** Format: date-time */
            updatedAt: string;
            version: number;
        };
        /**
         * ChartKind
         * @enum {string}
         */
        ChartKind: "line" | "step" | "area" | "stacked_area" | "bar" | "scatter" | "heat_map" | "box" | "histogram" | "load_duration" | "value" | "table" | "pivot";
        /** ChartPreview */
        ChartPreview: {
            chart: components["schemas"]["DrawnChart"];
            spec: components["schemas"]["ChartSpec"];
            suggestions: components["schemas"]["Suggestion"][];
        };
        /** ChartSpec */
        ChartSpec: {
            /**
             * @default auto
             * @enum {string}
             */
            aggregate: "auto" | "sum" | "mean" | "min" | "max" | "count" | "last";
            /**
             * @default grouped
             * @enum {string}
             */
            arrangement: "grouped" | "stacked" | "ranked";
            bins?: number | null;
            /** @default [] */
            columns: string[];
            compareWith?: string | null;
            kind: components["schemas"]["ChartKind"];
            limit?: number | null;
            series?: string | null;
            x?: string | null;
            /** @default [] */
            y: string[];
        };
        /** ChartWidget */
        ChartWidget: {
            /** Format: uuid */
            chartId: string;
            height: number;
            /** @constant */
            kind: "chart";
            /** @default  */
            title: string;
            /** Format: uuid */
            widgetId: string;
            width: number;
            x: number;
            y: number;
        };
        /** CheckedCondition */
        CheckedCondition: {
            /** @default [] */
            attributes: string[];
            reason?: string | null;
        };
        /** CheckedQuery */
        CheckedQuery: {
            isAllowed: boolean;
            parameters: string[];
            refusal: components["schemas"]["Refusal"] | null;
            tables: string[];
        };
        /** Column */
        Column: {
            /** @enum {null|string} */
            calendar?: "weekday" | "month" | null;
            description?: string | null;
            kind: components["schemas"]["Kind"];
            label?: string | null;
            name: string;
            role: components["schemas"]["ColumnRole"];
            unit?: string | null;
        };
        /** ColumnChange */
        ColumnChange: {
            column: string;
            description?: string | null;
            label?: string | null;
            role?: components["schemas"]["ColumnRole"] | null;
            schema?: string | null;
            table: string;
            unit?: string | null;
        };
        /** ColumnMeaning */
        ColumnMeaning: {
            /** @enum {null|string} */
            addsUp?: "additive" | "not_over_time" | "weighted_mean" | null;
            column: string;
            description?: string | null;
            /** @default false */
            isHidden: boolean;
            /** @default false */
            isSensitive: boolean;
            label?: string | null;
            role?: components["schemas"]["ColumnRole"] | null;
            /** @default [] */
            synonyms: string[];
            unit?: string | null;
            /** @default [] */
            values: components["schemas"]["ValueMeaning"][];
            weightedBy?: string | null;
        };
        /** ColumnOptions */
        ColumnOptions: {
            description?: string | null;
            /** @default false */
            isGuess: boolean;
            /** @default true */
            isKept: boolean;
            kind: components["schemas"]["Kind"];
            name: string;
            /** @default  */
            source: string;
            timeFrom?: string | null;
            unit?: string | null;
            zone?: string | null;
        };
        /** ColumnProfile */
        ColumnProfile: {
            distinctCount: number;
            maximum?: string | number | null;
            minimum?: string | number | null;
            nullShare: number;
            /** @default [] */
            topValues: components["schemas"]["TopValue"][];
        };
        /** ColumnRef */
        ColumnRef: {
            column: string;
            schema?: string | null;
            table: string;
        };
        /**
         * ColumnRole
         * @description How a reader uses a column.
         * @default dimension
         * @enum {string}
         */
        ColumnRole: "time" | "measure" | "dimension" | "key";
        /** Combined */
        Combined: {
            /** @enum {string} */
            operator: "union" | "intersect" | "except";
            plan: components["schemas"]["QueryPlan"];
        };
        /** Compare */
        Compare: {
            column: components["schemas"]["ColumnRef"];
            /** @enum {string} */
            operator: "eq" | "ne" | "lt" | "le" | "gt" | "ge";
            /** @constant */
            type: "compare";
            value: string | number | boolean;
        };
        /** CompareAnswer */
        CompareAnswer: {
            column: components["schemas"]["ColumnRef"];
            /** @enum {string} */
            operator: "eq" | "ne" | "lt" | "le" | "gt" | "ge";
            plan: components["schemas"]["QueryPlan"];
            /** @constant */
            type: "compare_answer";
        };
        /** CompareColumns */
        CompareColumns: {
            column: components["schemas"]["ColumnRef"];
            /** @enum {string} */
            operator: "eq" | "ne" | "lt" | "le" | "gt" | "ge";
            other: components["schemas"]["ColumnRef"];
            /** @constant */
            type: "compare_columns";
        };
        /** Comparison */
        Comparison: {
            label: string;
            timeRange: components["schemas"]["TimeRange"];
        };
        /** CompletedColumn */
        CompletedColumn: {
            detail: string | null;
            kind: components["schemas"]["Kind"];
            name: string;
            unit: string | null;
        };
        /** CompletedTable */
        CompletedTable: {
            columns: components["schemas"]["CompletedColumn"][];
            detail: string | null;
            name: string;
            schema: string | null;
        };
        /** Completeness */
        Completeness: {
            expected: number;
            present: number;
            since?: string | null;
            unknown?: string | null;
            until?: string | null;
        };
        /** Completion */
        Completion: {
            dialect: string;
            functions: string[];
            tables: components["schemas"]["CompletedTable"][];
        };
        /** ConditionCheck */
        ConditionCheck: {
            condition: string;
            schema?: string | null;
            table: string;
        };
        /** ConnectionTest */
        ConnectionTest: {
            connection: components["schemas"]["PostgresqlSettings"] | components["schemas"]["MysqlSettings"] | components["schemas"]["SqliteSettings"] | components["schemas"]["DuckdbSettings"] | components["schemas"]["FilesSettings"];
            password?: string | null;
            sourceId?: string | null;
        };
        /** Contains */
        Contains: {
            /**
             * @default anywhere
             * @enum {string}
             */
            at: "start" | "end" | "anywhere";
            column: components["schemas"]["ColumnRef"];
            /** @default false */
            negated: boolean;
            text: string;
            /** @constant */
            type: "contains";
        };
        /** CourseOrder */
        CourseOrder: {
            /** @default [] */
            filters: components["schemas"]["Filter"][];
            span?: components["schemas"]["dashboards_periods_Between"] | null;
        };
        /** CreatedSource */
        CreatedSource: {
            source: components["schemas"]["SourceOut"];
            task: components["schemas"]["TaskOut"] | null;
        };
        /** DashboardChange */
        DashboardChange: {
            description?: string;
            name?: string;
            tags?: string[];
        };
        /** DashboardCopy */
        DashboardCopy: {
            /** @default false */
            isDraft: boolean;
            name: string;
        };
        /** DashboardDetail */
        DashboardDetail: {
            /** @enum {string} */
            access: "own" | "edit" | "view";
            /** Format: uuid */
            dashboardId: string;
            description: string;
            draft?: components["schemas"]["Draft"] | null;
            /** Format: date-time */
            editedAt: string;
            hasDraft: boolean;
            isPinned: boolean;
            layout: components["schemas"]["Layout"];
            name: string;
            openedAt?: string | null;
            owner: components["schemas"]["Person"] | null;
            /** Format: date-time */
            publishedAt: string;
            restorableUntil?: string | null;
            revision: number;
            tags: string[];
            version: number;
        };
        /** Between */
        dashboards_periods_Between: {
            /** Format: date-time */
            end: string;
            /** Format: date-time */
            start: string;
            /** @constant */
            type: "between";
        };
        /** Days */
        dashboards_periods_Days: {
            /** Format: date */
            firstOn: string;
            /** Format: date */
            lastOn: string;
            /** @constant */
            type: "days";
        };
        /** DashboardSummary */
        DashboardSummary: {
            /** @enum {string} */
            access: "own" | "edit" | "view";
            /** Format: uuid */
            dashboardId: string;
            description: string;
            /** Format: date-time */
            editedAt: string;
            hasDraft: boolean;
            isPinned: boolean;
            name: string;
            openedAt?: string | null;
            owner: components["schemas"]["Person"] | null;
            /** Format: date-time */
            publishedAt: string;
            restorableUntil?: string | null;
            tags: string[];
        };
        /** DashboardTarget */
        DashboardTarget: {
            /** Format: uuid */
            dashboardId: string;
            /** @constant */
            type: "dashboard";
        };
        /**
         * DateOrder
         * @description In which order a date names year, month and day; a date that begins with four digits is always YMD.
         * @default ymd
         * @enum {string}
         */
        DateOrder: "ymd" | "dmy" | "mdy";
        /** DeliveryOut */
        DeliveryOut: {
            attempts: number;
            /** Format: uuid */
            deliveryId: string;
            nextAttemptAt?: string | null;
            reason?: string | null;
            recipient: string;
            sentAt?: string | null;
            state: string;
        };
        /** DeviceOut */
        DeviceOut: {
            address: string;
            /** Format: date-time */
            createdAt: string;
            device: string;
            /** Format: date-time */
            expiresAt: string;
            /** Format: uuid */
            id: string;
            isCurrent: boolean;
            /** Format: date-time */
            usedAt: string;
        };
        /** Difference */
        Difference: {
            /** @default true */
            isShown: boolean;
            minuend: components["schemas"]["Aggregate"];
            name: string;
            subtrahend: components["schemas"]["Aggregate"];
            /** @constant */
            type: "difference";
        };
        /** Dimension */
        Dimension: {
            column: components["schemas"]["ColumnRef"];
            /** @enum {null|string} */
            grain?: "minute15" | "hour" | "day" | "week" | "month" | "quarter" | "year" | "hour_of_day" | "weekday" | "day_kind" | "month_of_year" | null;
            /** @default true */
            isShown: boolean;
            name: string;
        };
        /** Draft */
        Draft: {
            layout: components["schemas"]["Layout"];
            /** Format: date-time */
            savedAt: string;
            savedBy: components["schemas"]["Person"] | null;
        };
        /** DraftSave */
        DraftSave: {
            layout: components["schemas"]["Layout"];
            /** @description The revision that the change is based on. */
            revision: number;
        };
        /** DraftSaved */
        DraftSaved: {
            revision: number;
            /** Format: date-time */
            savedAt: string;
        };
        /** DrawnChart */
        DrawnChart: {
            content: components["schemas"]["Figure"] | components["schemas"]["Grid"] | components["schemas"]["Headline"];
            kind: string;
            points?: components["schemas"]["PointsShown"] | null;
            provenance: components["schemas"]["Provenance"];
            subtitle?: string | null;
            summary: string;
            title: string;
        };
        /** DrawOptions */
        DrawOptions: {
            /** @default false */
            isFresh: boolean;
            page?: components["schemas"]["Page"] | null;
            scope?: components["schemas"]["Scope"];
            /**
             * @default light
             * @enum {string}
             */
            theme: "light" | "dark";
            view?: components["schemas"]["View"] | null;
            /** @default 1200 */
            width: number;
        };
        /** DuckdbSettings */
        DuckdbSettings: {
            /** @constant */
            kind: "duckdb";
            path?: string | null;
            uploadId?: string | null;
        };
        /** DueTime */
        DueTime: {
            /** Format: date-time */
            at: string;
            local: string;
        };
        /** Earlier */
        Earlier: {
            /**
             * @default period
             * @enum {string}
             */
            by: "period" | "day" | "week" | "month" | "quarter" | "year";
            /** @constant */
            type: "earlier";
        };
        /** EmailCodesWanted */
        EmailCodesWanted: {
            enabled: boolean;
        };
        /** EmailFactor */
        EmailFactor: {
            address: string;
            enabled: boolean;
            mayChange: boolean;
        };
        /** Enrolment */
        Enrolment: {
            /** Format: date-time */
            expiresAt: string;
            mayUseEmail: boolean;
        };
        /** Examples */
        Examples: {
            questions: string[];
        };
        /** Exists */
        Exists: {
            /** @default [] */
            filters: (components["schemas"]["OneOf"] | components["schemas"]["analytics_ask_plan_Between"] | components["schemas"]["Compare"] | components["schemas"]["Contains"] | components["schemas"]["IsNull"] | components["schemas"]["CompareColumns"] | components["schemas"]["InAnswer"] | components["schemas"]["CompareAnswer"])[];
            /** @default false */
            negated: boolean;
            schema?: string | null;
            table: string;
            /** @constant */
            type: "exists";
        };
        /** ExportedQuery */
        ExportedQuery: {
            /** @default [] */
            parameters: components["schemas"]["Parameter"][];
            /** Format: uuid */
            sourceId: string;
            sql: string;
            /** @constant */
            type: "query";
            values?: {
                [key: string]: string | number | boolean | (string | number | boolean)[] | null;
            };
        };
        /** ExportedQuestion */
        ExportedQuestion: {
            /** Format: uuid */
            questionId: string;
            scope?: components["schemas"]["Scope"];
            /** @constant */
            type: "question";
            values?: {
                [key: string]: string | number | boolean | (string | number | boolean)[] | null;
            };
        };
        /** ExportOrder */
        ExportOrder: {
            /**
             * @default csv
             * @enum {string}
             */
            fileFormat: "csv" | "xlsx" | "parquet";
            /** @default  */
            name: string;
            target: components["schemas"]["ExportedQuery"] | components["schemas"]["ExportedQuestion"];
        };
        /** ExportOut */
        ExportOut: {
            /** Format: date-time */
            createdAt: string;
            error: string | null;
            expiresAt: string | null;
            /** Format: uuid */
            exportId: string;
            /** @enum {string} */
            fileFormat: "csv" | "xlsx" | "parquet";
            finishedAt: string | null;
            name: string;
            questionId: string | null;
            refusal: string | null;
            rowCount: number | null;
            rows: number;
            sizeBytes: number;
            /** Format: uuid */
            sourceId: string;
            sql: string | null;
            /** @enum {string} */
            state: "waiting" | "running" | "done" | "failed" | "cancelled" | "expired";
        };
        /** FactorsOut */
        FactorsOut: {
            email: components["schemas"]["EmailFactor"];
            recoveryCodesLeft: number;
            totp: components["schemas"]["AppFactor"] | null;
        };
        /** Figure */
        Figure: {
            plotly: unknown;
            /** @constant */
            type: "figure";
        };
        /** FileChange */
        FileChange: {
            text: string;
            version: number;
        };
        /** FileFoldersOut */
        FileFoldersOut: {
            folders: string[];
        };
        /**
         * FileFormat
         * @description What a file holds, whatever its name says. CSV stands for text with any delimiter.
         * @enum {string}
         */
        FileFormat: "csv" | "json_lines" | "parquet" | "xlsx";
        /** FilesSettings */
        FilesSettings: {
            /** @constant */
            kind: "files";
        };
        /** FileToCheck */
        FileToCheck: {
            text: string;
        };
        /** Filter */
        Filter: {
            column: string;
            /**
             * @default in
             * @enum {string}
             */
            operator: "in" | "not_in";
            values: (string | number | boolean | null)[];
        };
        /** FilterSlot */
        FilterSlot: {
            /** @default [] */
            allowed: (string | number | boolean | null)[];
            /** @default [] */
            chosen: (string | number | boolean | null)[];
            column: string;
            /** @default  */
            label: string;
            /**
             * @default in
             * @enum {string}
             */
            operator: "in" | "not_in";
        };
        /** FindingOut */
        FindingOut: {
            line?: number | null;
            path: string;
            place: string;
            reason: string;
        };
        /** ForeignKey */
        ForeignKey: {
            columns: string[];
            /** @default false */
            isInferred: boolean;
            referencedColumns: string[];
            schema?: string | null;
            table: string;
        };
        /** GivenPasswordOnly */
        GivenPasswordOnly: {
            password: string;
        };
        /** Grid */
        Grid: {
            allRows?: number | null;
            columns: components["schemas"]["Column"][];
            /** @default [] */
            largest: (number | null)[];
            /** @default 0 */
            offset: number;
            rows: (string | number | boolean | null)[][];
            totalRows: number;
            /** @constant */
            type: "table";
        };
        /** GroupOut */
        GroupOut: {
            /** Format: uuid */
            groupId: string;
            members: number;
            name: string;
        };
        /** Having */
        Having: {
            measure: string;
            /** @enum {string} */
            operator: "eq" | "ne" | "lt" | "le" | "gt" | "ge";
            value: number;
        };
        /** Headline */
        Headline: {
            comparedWith?: number | null;
            comparisonLabel?: string | null;
            label: string;
            /** @default [] */
            spark: (number | null)[];
            /** @constant */
            type: "value";
            unit: string | null;
            value: number | null;
        };
        /** Heir */
        Heir: {
            /** Format: uuid */
            heirId: string;
        };
        /** HeldTable */
        HeldTable: {
            likeIsGone: boolean;
            likeSchema?: string | null;
            likeTable: string;
            schema?: string | null;
            table: string;
        };
        /** Helped */
        Helped: {
            model: string;
            note?: string | null;
        };
        /** ImportedColumn */
        ImportedColumn: {
            kind: components["schemas"]["Kind"];
            name: string;
            unit?: string | null;
        };
        /** ImportStarted */
        ImportStarted: {
            source: components["schemas"]["SourceOut"];
            task: components["schemas"]["TaskOut"];
        };
        /** InAnswer */
        InAnswer: {
            column: components["schemas"]["ColumnRef"];
            /** @default false */
            negated: boolean;
            plan: components["schemas"]["QueryPlan"];
            /** @constant */
            type: "in_answer";
        };
        /** IndexState */
        IndexState: {
            /** @default 0 */
            columns: number;
            /** @default 0 */
            columnsRead: number;
            /** @enum {string} */
            state: "waiting" | "reading" | "ready";
        };
        /** Invitation */
        Invitation: {
            email: string;
            name: string;
            role: components["schemas"]["Role"];
        };
        /** Invited */
        Invited: {
            link: string | null;
            user: components["schemas"]["UserOut"];
        };
        /** IsNull */
        IsNull: {
            column: components["schemas"]["ColumnRef"];
            /** @default false */
            negated: boolean;
            /** @constant */
            type: "null";
        };
        /** Join */
        Join: {
            on: string;
        };
        /**
         * Kind
         * @description What a value is, whatever the database calls its type.
         * @enum {string}
         */
        Kind: "text" | "integer" | "number" | "boolean" | "date" | "time" | "timestamp" | "json" | "binary";
        /** LanguageModelChange */
        LanguageModelChange: {
            key?: string;
            settings: components["schemas"]["ModelSettings"];
            version: number;
        };
        /** Last */
        Last: {
            /** @default 1 */
            count: number;
            /** @constant */
            type: "last";
            /** @enum {string} */
            unit: "day" | "week" | "month" | "quarter" | "year";
        };
        /** Layout */
        Layout: {
            /** @enum {null|string} */
            compare?: "previous" | "week" | "year" | null;
            /** @default [] */
            filters: components["schemas"]["FilterSlot"][];
            refreshSeconds?: number | null;
            timeRange?: components["schemas"]["dashboards_periods_Between"] | components["schemas"]["dashboards_periods_Days"] | components["schemas"]["Relative"] | null;
            /** @default [] */
            widgets: (components["schemas"]["ChartWidget"] | components["schemas"]["ValueWidget"] | components["schemas"]["TableWidget"] | components["schemas"]["TextWidget"])[];
            /** @default UTC */
            zone: string;
        };
        /** LinkTarget */
        LinkTarget: {
            email: string | null;
            /** Format: date-time */
            expiresAt: string;
            /** @enum {string} */
            kind: "set_up" | "invitation" | "reset" | "enrolment" | "email_change";
            minimumPasswordLength: number;
            name: string | null;
            organisation: string | null;
        };
        /** LinkToken */
        LinkToken: {
            /** @enum {string} */
            kind: "set_up" | "invitation" | "reset" | "enrolment" | "email_change";
            token: string;
        };
        /** Listed */
        Listed: {
            column: components["schemas"]["ColumnRef"];
            name: string;
            unit?: string | null;
        };
        /** LogIn */
        LogIn: {
            email: string;
            enrolmentToken?: string | null;
            password: string;
        };
        /** MailDetail */
        MailDetail: {
            attachments: components["schemas"]["MailPart"][];
            hasHtml: boolean;
            isRead: boolean;
            /** Format: uuid */
            mailId: string;
            messageId: string;
            /** Format: date-time */
            receivedAt: string;
            recipient: string;
            sender: string;
            sizeBytes: number;
            subject: string;
            text: string;
        };
        /** MailPart */
        MailPart: {
            filename: string;
            index: number;
            mediaType: string;
            sizeBytes: number;
        };
        /** MailSettings */
        MailSettings: {
            canSend: boolean;
            isDemo: boolean;
            mayMailOutside: boolean;
            sender: string;
        };
        /** MailSummary */
        MailSummary: {
            isRead: boolean;
            /** Format: uuid */
            mailId: string;
            /** Format: date-time */
            receivedAt: string;
            recipient: string;
            sender: string;
            sizeBytes: number;
            subject: string;
        };
        /** MeansColumn */
        MeansColumn: {
            column: components["schemas"]["ColumnRef"];
            /** @constant */
            type: "column";
        };
        /** MeansMetric */
        MeansMetric: {
            name: string;
            /** @constant */
            type: "metric";
        };
        /** MeansTable */
        MeansTable: {
            schema?: string | null;
            table: string;
            /** @constant */
            type: "table";
        };
        /** MeansValue */
        MeansValue: {
            column: components["schemas"]["ColumnRef"];
            /** @constant */
            type: "value";
            value: string;
        };
        /** MeansWords */
        MeansWords: {
            /** @constant */
            type: "words";
            words: string;
        };
        /** Metric */
        Metric: {
            certifiedBy?: string | null;
            certifiedOn?: string | null;
            description?: string | null;
            /** @default [] */
            filters: string[];
            formula: string;
            name: string;
            /** @default [] */
            synonyms: string[];
            unit?: string | null;
        };
        /** ModelChange */
        ModelChange: {
            model: components["schemas"]["SemanticModel"];
            version: number;
        };
        /** ModelOut */
        ModelOut: {
            hasKey: boolean;
            settings: components["schemas"]["ModelSettings"] | null;
            version: number;
        };
        /** ModelSettings */
        ModelSettings: {
            endpoint: string;
            /** @default false */
            maySeeValues: boolean;
            model: string;
            /** @enum {string} */
            protocol: "openai" | "anthropic";
            /** @default 20 */
            timeoutSeconds: number;
            /**
             * @default unsure
             * @enum {string}
             */
            when: "unsure" | "always";
        };
        /** MysqlSettings */
        MysqlSettings: {
            database: string;
            /** @description Name or IP address of the server. */
            host: string;
            /** @constant */
            kind: "mysql";
            /** @default 3306 */
            port: number;
            /**
             * @description `verify`: encrypted, and the certificate must be the host's. `require`: encrypted, to whoever answers. `off`: readable on the way.
             * @default verify
             * @enum {string}
             */
            tls: "verify" | "require" | "off";
            user: string;
        };
        /** NewApiToken */
        NewApiToken: {
            days: number;
            name: string;
            scopes: components["schemas"]["Permission"][];
        };
        /** NewChart */
        NewChart: {
            name: string;
            /** Format: uuid */
            questionId: string;
            spec: components["schemas"]["ChartSpec"];
        };
        /** NewDashboard */
        NewDashboard: {
            /** @default  */
            description: string;
            layout?: components["schemas"]["Layout"] | null;
            name: string;
            /** @default [] */
            tags: string[];
        };
        /** NewEmail */
        NewEmail: {
            email: string;
        };
        /** NewFileSource */
        NewFileSource: {
            name: string;
            /** @default UTC */
            zone: string;
        };
        /** NewGroup */
        NewGroup: {
            name: string;
        };
        /** NewImport */
        NewImport: {
            /**
             * @default refuse
             * @enum {string}
             */
            ifExists: "refuse" | "replace" | "append";
            newSource?: components["schemas"]["NewFileSource"] | null;
            /**
             * @default reject
             * @enum {string}
             */
            onBadRow: "reject" | "set_aside";
            options: components["schemas"]["ReadOptions"];
            sourceId?: string | null;
            /** @description Letters, digits, _, - and spaces. */
            table: string;
        };
        /** NewQuestion */
        NewQuestion: {
            /** @default  */
            description: string;
            keptSeconds?: number | null;
            name: string;
            /** @default [] */
            parameters: components["schemas"]["Parameter"][];
            plan?: components["schemas"]["QueryPlan"] | null;
            /** Format: uuid */
            sourceId: string;
            sql?: string | null;
            words?: string | null;
        };
        /** NewRole */
        NewRole: {
            role: components["schemas"]["Role"];
        };
        /** NewSource */
        NewSource: {
            /** @default false */
            anchorsToNewest: boolean;
            connection: components["schemas"]["PostgresqlSettings"] | components["schemas"]["MysqlSettings"] | components["schemas"]["SqliteSettings"] | components["schemas"]["DuckdbSettings"] | components["schemas"]["FilesSettings"];
            keptSeconds?: number | null;
            name: string;
            /** @default  */
            password: string;
            /** @default UTC */
            zone: string;
        };
        /** NewTerm */
        NewTerm: {
            means: components["schemas"]["MeansTable"] | components["schemas"]["MeansColumn"] | components["schemas"]["MeansValue"] | components["schemas"]["MeansMetric"] | components["schemas"]["MeansWords"];
            words: string;
        };
        /** NewVerified */
        NewVerified: {
            plan?: components["schemas"]["QueryPlan"] | null;
            question: string;
            sql?: string | null;
        };
        /** OneOf */
        OneOf: {
            column: components["schemas"]["ColumnRef"];
            /** @default false */
            negated: boolean;
            /** @constant */
            type: "in";
            values: (string | number | boolean)[];
        };
        /** Option */
        Option: {
            /** @default false */
            isChosen: boolean;
            label: string;
            patch: components["schemas"]["Patch"];
        };
        /** Order */
        Order: {
            by: string | components["schemas"]["ColumnRef"];
            /** @default false */
            descending: boolean;
        };
        /** Overview */
        Overview: {
            counts: number[];
            spans: components["schemas"]["Span"][];
            starts: (string | number)[];
            timeColumn: string | null;
        };
        /** Page */
        Page: {
            /** @default [] */
            filters: (components["schemas"]["CellContains"] | components["schemas"]["CellEquals"] | components["schemas"]["CellBetween"])[];
            /** @default 50 */
            limit: number;
            /** @default 0 */
            offset: number;
            order?: components["schemas"]["RowOrder"] | null;
        };
        /** Parameter */
        Parameter: {
            default?: string | number | boolean | (string | number | boolean)[] | null;
            /** @default false */
            isOptional: boolean;
            label?: string | null;
            name: string;
            /**
             * @default text
             * @enum {string}
             */
            type: "text" | "number" | "date" | "timestamp" | "boolean" | "list";
        };
        /** ParentTable */
        ParentTable: {
            name: string;
            schema?: string | null;
        };
        /** Patch */
        Patch: {
            option: string;
            slot: string;
        };
        /**
         * People
         * @default {
         *       "roles": [],
         *       "groups": [],
         *       "users": []
         *     }
         */
        People: {
            /** @default [] */
            groups: string[];
            /** @default [] */
            roles: ("analyst" | "viewer")[];
            /** @default [] */
            users: string[];
        };
        /**
         * Permission
         * @enum {string}
         */
        Permission: "users.manage" | "audit.read" | "sources.read" | "catalogs.read" | "sources.manage" | "access.manage" | "queries.run" | "questions.read" | "questions.edit" | "dashboards.read" | "dashboards.edit" | "reports.read" | "reports.edit" | "mailbox.read";
        /** Person */
        Person: {
            email: string;
            name: string;
            /** Format: uuid */
            userId: string;
        };
        /** PersonRecipient */
        PersonRecipient: {
            /** @constant */
            type: "person";
            /** Format: uuid */
            userId: string;
        };
        /** Phrase */
        Phrase: {
            end: number;
            meaning: string;
            slot?: string | null;
            start: number;
            /** @enum {string} */
            state: "matched" | "assumed" | "ignored" | "unknown";
            text: string;
        };
        /** PlanChange */
        PlanChange: {
            patch?: components["schemas"]["Patch"] | null;
            plan: components["schemas"]["QueryPlan"];
            /** Format: uuid */
            sourceId: string;
        };
        /** PointsShown */
        PointsShown: {
            of: number;
            shown: number;
        };
        /** PostgresqlSettings */
        PostgresqlSettings: {
            database: string;
            /** @description Name or IP address of the server. */
            host: string;
            /** @constant */
            kind: "postgresql";
            /** @default 5432 */
            port: number;
            /** @default [] */
            schemas: string[];
            /**
             * @description `verify`: encrypted, and the certificate must be the host's. `require`: encrypted, to whoever answers. `off`: readable on the way.
             * @default verify
             * @enum {string}
             */
            tls: "verify" | "require" | "off";
            user: string;
        };
        /** Preview */
        Preview: {
            badRowCount: number;
            badRows: components["schemas"]["BadRow"][];
            cautions: components["schemas"]["Caution"][];
            columns: components["schemas"]["PreviewColumn"][];
            isWhole: boolean;
            options: components["schemas"]["ReadOptions"];
            overview?: components["schemas"]["Overview"] | null;
            rowCount: number;
            rows: components["schemas"]["PreviewRow"][];
            /** @default [] */
            sheets: string[];
            sizeBytes: number;
        };
        /** PreviewAs */
        PreviewAs: {
            options: components["schemas"]["ReadOptions"];
            /** @default 100 */
            rows: number;
        };
        /** PreviewColumn */
        PreviewColumn: {
            badCells: number;
            isKept: boolean;
            kind: components["schemas"]["Kind"];
            name: string;
            source: string;
            unit: string | null;
        };
        /** PreviewOrder */
        PreviewOrder: {
            /** @default false */
            isFresh: boolean;
            page?: components["schemas"]["Page"] | null;
            questionId?: string | null;
            rowLimit?: number | null;
            scope?: components["schemas"]["Scope"];
            sourceId?: string | null;
            spec?: components["schemas"]["ChartSpec"] | null;
            sql?: string | null;
            /**
             * @default light
             * @enum {string}
             */
            theme: "light" | "dark";
            /** @default  */
            title: string;
            view?: components["schemas"]["View"] | null;
            /** @default 1200 */
            width: number;
        };
        /** PreviewRow */
        PreviewRow: {
            line: number;
            problem?: string | null;
            texts: (string | null)[];
            values: (string | number | boolean | null)[];
        };
        /**
         * Problem
         * @description ``type`` is a path of this server that names the kind; ``fields`` the inputs at fault.
         */
        Problem: {
            detail: string;
            /** @default {} */
            fields: {
                [key: string]: string;
            };
            instance: string;
            request_id: string;
            status: number;
            title: string;
            type: string;
        };
        /** Provenance */
        Provenance: {
            completeness?: components["schemas"]["Completeness"] | null;
            engineMs: number;
            isCached: boolean;
            isCut: boolean;
            /** @default false */
            isStale: boolean;
            keptSeconds?: number | null;
            /** @default [] */
            notes: string[];
            /** Format: date-time */
            readAt: string;
            rowCount: number;
            rowLimit: number;
            /** Format: uuid */
            sourceId: string;
            sourceName: string;
            totalRows?: number | null;
            zone: string;
        };
        /** Publication */
        Publication: {
            /** @default  */
            note: string;
            /** @description The revision that the change is based on. */
            revision: number;
        };
        /** QueryCheck */
        QueryCheck: {
            /** @default [] */
            parameters: components["schemas"]["Parameter"][];
            /** Format: uuid */
            sourceId: string;
            sql: string;
        };
        /** QueryExport */
        QueryExport: {
            /**
             * @default csv
             * @enum {string}
             */
            fileFormat: "csv" | "xlsx" | "parquet";
            /** @default  */
            name: string;
            /** @default [] */
            parameters: components["schemas"]["Parameter"][];
            /** Format: uuid */
            sourceId: string;
            sql: string;
            values?: {
                [key: string]: string | number | boolean | (string | number | boolean)[] | null;
            };
        };
        /** QueryOrder */
        QueryOrder: {
            /** @default false */
            isFresh: boolean;
            /** @default [] */
            parameters: components["schemas"]["Parameter"][];
            queryId?: string | null;
            rowLimit?: number | null;
            /** Format: uuid */
            sourceId: string;
            sql: string;
            values?: {
                [key: string]: string | number | boolean | (string | number | boolean)[] | null;
            };
        };
        /** QueryPlan */
        QueryPlan: {
            /** @default [] */
            assumed: string[];
            /** @default [] */
            columns: components["schemas"]["Listed"][];
            combined?: components["schemas"]["Combined"] | null;
            comparison?: components["schemas"]["Earlier"] | components["schemas"]["Versus"] | null;
            /** @default [] */
            dimensions: components["schemas"]["Dimension"][];
            /** @default [] */
            filters: (components["schemas"]["OneOf"] | components["schemas"]["analytics_ask_plan_Between"] | components["schemas"]["Compare"] | components["schemas"]["Contains"] | components["schemas"]["IsNull"] | components["schemas"]["CompareColumns"] | components["schemas"]["InAnswer"] | components["schemas"]["CompareAnswer"] | components["schemas"]["Exists"] | components["schemas"]["AnyOf"])[];
            /** @default [] */
            having: components["schemas"]["Having"][];
            /** @default false */
            isDistinct: boolean;
            limit?: number | null;
            limitPer?: string | null;
            /** @default [] */
            measures: (components["schemas"]["Aggregate"] | components["schemas"]["Ratio"] | components["schemas"]["Share"] | components["schemas"]["Difference"] | components["schemas"]["Running"])[];
            /** @default [] */
            order: components["schemas"]["Order"][];
            time?: components["schemas"]["TimeScope"] | null;
        };
        /** QueryProgress */
        QueryProgress: {
            error?: string | null;
            position?: number | null;
            /** Format: uuid */
            queryId: string;
            /** @enum {string} */
            state: "waiting" | "running" | "succeeded" | "failed" | "refused" | "stopped" | "unknown";
        };
        /** QuestionChange */
        QuestionChange: {
            /** @default  */
            description: string;
            keptSeconds?: number | null;
            name: string;
            /** @default [] */
            parameters: components["schemas"]["Parameter"][];
            plan?: components["schemas"]["QueryPlan"] | null;
            sql?: string | null;
            version: number;
            words?: string | null;
        };
        /** QuestionDetail */
        QuestionDetail: {
            /** @enum {string} */
            access: "own" | "edit" | "view";
            /** Format: date-time */
            createdAt: string;
            deletedAt?: string | null;
            description: string;
            keptSeconds?: number | null;
            kind: string;
            name: string;
            owner: components["schemas"]["Person"] | null;
            /** @default [] */
            parameters: components["schemas"]["Parameter"][];
            plan?: components["schemas"]["QueryPlan"] | null;
            /** Format: uuid */
            questionId: string;
            /** Format: uuid */
            sourceId: string;
            sourceName: string | null;
            sql?: string | null;
            /** Format: date-time */
            updatedAt: string;
            version: number;
            words?: string | null;
        };
        /** QuestionExport */
        QuestionExport: {
            /**
             * @default csv
             * @enum {string}
             */
            fileFormat: "csv" | "xlsx" | "parquet";
            scope?: components["schemas"]["Scope"];
            values?: {
                [key: string]: string | number | boolean | (string | number | boolean)[] | null;
            };
        };
        /** QuestionRun */
        QuestionRun: {
            /** @default false */
            isFresh: boolean;
            queryId?: string | null;
            scope?: components["schemas"]["Scope"];
            values?: {
                [key: string]: string | number | boolean | (string | number | boolean)[] | null;
            };
        };
        /** QuestionSummary */
        QuestionSummary: {
            /** @enum {string} */
            access: "own" | "edit" | "view";
            /** Format: date-time */
            createdAt: string;
            deletedAt?: string | null;
            description: string;
            kind: string;
            name: string;
            owner: components["schemas"]["Person"] | null;
            /** Format: uuid */
            questionId: string;
            /** Format: uuid */
            sourceId: string;
            sourceName: string | null;
            /** Format: date-time */
            updatedAt: string;
            version: number;
        };
        /** QuestionTarget */
        QuestionTarget: {
            /** Format: uuid */
            questionId: string;
            /** @constant */
            type: "question";
        };
        /** Ratio */
        Ratio: {
            denominator: components["schemas"]["Aggregate"];
            /** @default [] */
            further: components["schemas"]["Aggregate"][];
            /** @default true */
            isShown: boolean;
            name: string;
            numerator: components["schemas"]["Aggregate"];
            /** @constant */
            type: "ratio";
            unit?: string | null;
        };
        /** Readiness */
        Readiness: {
            parts: {
                [key: string]: string;
            };
            ready: boolean;
        };
        /** Reading */
        Reading: {
            label: string;
            plan: components["schemas"]["QueryPlan"];
        };
        /** ReadOptions */
        ReadOptions: {
            /** @default [] */
            columns: components["schemas"]["ColumnOptions"][];
            dateOrder?: components["schemas"]["DateOrder"];
            /** @default false */
            decimalComma: boolean;
            /** @default , */
            delimiter: string;
            /** @default utf-8 */
            encoding: string;
            format: components["schemas"]["FileFormat"];
            /** @default 1 */
            headerLines: number;
            /** @default 1 */
            headerRow: number | null;
            /** @default [] */
            nullWords: string[];
            /** @default " */
            quote: string;
            sheet?: string | null;
            /**
             * @default
             * @enum {string}
             */
            thousands: "" | "," | "." | " " | "'";
            zone?: string | null;
        };
        /** RecoveryCodes */
        RecoveryCodes: {
            recoveryCodes: string[];
            state: components["schemas"]["SessionState"];
        };
        /** RefreshSchedule */
        RefreshSchedule: {
            cron: string;
            /** @default UTC */
            zone: string;
        };
        /** RefreshTokenIn */
        RefreshTokenIn: {
            refreshToken: string;
        };
        /** Refusal */
        Refusal: {
            column?: number | null;
            construct?: string | null;
            detail: string;
            kind: string;
            line?: number | null;
        };
        /** Relative */
        Relative: {
            /**
             * @default now
             * @enum {string}
             */
            anchor: "now" | "newest";
            /** @default 1 */
            count: number;
            /** @enum {string} */
            span: "last" | "this" | "previous";
            /** @constant */
            type: "relative";
            /** @enum {string} */
            unit: "hour" | "day" | "week" | "month" | "quarter" | "year";
        };
        /** ReleasedTable */
        ReleasedTable: {
            name: string;
            schema?: string | null;
        };
        /** RenderedWidget */
        RenderedWidget: {
            chart?: components["schemas"]["DrawnChart"] | null;
            chartId?: string | null;
            error?: string | null;
            height: number;
            /** @enum {string} */
            kind: "chart" | "value" | "table" | "text";
            markdown?: string | null;
            newestAt?: string | null;
            title: string;
            /** Format: uuid */
            widgetId: string;
            width: number;
            x: number;
            y: number;
        };
        /** RenderFinished */
        RenderFinished: {
            elapsedMs: number;
            failedCount: number;
            /** @constant */
            type: "finished";
        };
        /** RenderOptions */
        RenderOptions: {
            /** @default false */
            isDraft: boolean;
            /** @default false */
            isFresh: boolean;
            scope?: components["schemas"]["ScopeChoice"];
            /**
             * @default light
             * @enum {string}
             */
            theme: "light" | "dark";
            widgetIds?: string[] | null;
            /** @default 1200 */
            width: number;
        };
        /** RenderStarted */
        RenderStarted: {
            /** Format: date-time */
            anchorAt: string;
            /** Format: uuid */
            dashboardId: string;
            revision: number;
            scope: components["schemas"]["Scope"];
            /** @constant */
            type: "started";
            widgetCount: number;
        };
        /** RenewApiToken */
        RenewApiToken: {
            days: number;
        };
        /** ReportContent */
        ReportContent: {
            /**
             * @default none
             * @enum {string}
             */
            attach: "none" | "csv" | "xlsx";
            /**
             * @default own
             * @enum {string}
             */
            covers: "own" | "previous_day" | "previous_week" | "previous_month";
            skipBelowPercent?: number | null;
            /** @description May hold {date}, {week}, {period} and {name}. */
            subject: string;
            target: components["schemas"]["DashboardTarget"] | components["schemas"]["QuestionTarget"];
            /**
             * @description Markdown above the charts.
             * @default
             */
            text: string;
            zone: string;
        };
        /** ReportDetail */
        ReportDetail: {
            /** @enum {string} */
            attach: "none" | "csv" | "xlsx";
            /** @enum {string} */
            covers: "own" | "previous_day" | "previous_week" | "previous_month";
            cron: string;
            isMine: boolean;
            lastRun?: components["schemas"]["RunSummary"] | null;
            nextRunAt?: string | null;
            owner: components["schemas"]["Person"] | null;
            pausedAt?: string | null;
            pausedBecause?: string | null;
            recipientCount: number;
            recipients: (components["schemas"]["PersonRecipient"] | components["schemas"]["AddressRecipient"])[];
            /** Format: uuid */
            reportId: string;
            schedule: string;
            skipBelowPercent: number | null;
            subject: string;
            target: components["schemas"]["DashboardTarget"] | components["schemas"]["QuestionTarget"];
            targetName: string;
            text: string;
            zone: string;
        };
        /** ReportInput */
        ReportInput: {
            /**
             * @default none
             * @enum {string}
             */
            attach: "none" | "csv" | "xlsx";
            /**
             * @default own
             * @enum {string}
             */
            covers: "own" | "previous_day" | "previous_week" | "previous_month";
            cron: string;
            recipients: (components["schemas"]["PersonRecipient"] | components["schemas"]["AddressRecipient"])[];
            skipBelowPercent?: number | null;
            /** @description May hold {date}, {week}, {period} and {name}. */
            subject: string;
            target: components["schemas"]["DashboardTarget"] | components["schemas"]["QuestionTarget"];
            /**
             * @description Markdown above the charts.
             * @default
             */
            text: string;
            zone: string;
        };
        /** ReportMade */
        ReportMade: {
            covered: string | null;
            /** @default [] */
            notes: string[];
            pageUrl: string;
            subject: string;
            text: string;
            wouldSkip?: string | null;
        };
        /** ReportSummary */
        ReportSummary: {
            isMine: boolean;
            lastRun?: components["schemas"]["RunSummary"] | null;
            nextRunAt?: string | null;
            owner: components["schemas"]["Person"] | null;
            pausedAt?: string | null;
            pausedBecause?: string | null;
            recipientCount: number;
            /** Format: uuid */
            reportId: string;
            schedule: string;
            subject: string;
            target: components["schemas"]["DashboardTarget"] | components["schemas"]["QuestionTarget"];
            targetName: string;
            zone: string;
        };
        /** ResetPassword */
        ResetPassword: {
            password: string;
            token: string;
        };
        /** Restore */
        Restore: {
            to: number;
            version: number;
        };
        /** Result */
        Result: {
            columns: components["schemas"]["Column"][];
            completeness: components["schemas"]["Completeness"] | null;
            elapsedMs: number;
            engineMs: number;
            isCached: boolean;
            isCut: boolean;
            notes: string[];
            /** Format: uuid */
            queryId: string;
            /** Format: date-time */
            readAt: string;
            rowCount: number;
            rowLimit: number;
            rows: (string | number | boolean | null)[][];
            /** Format: uuid */
            sourceId: string;
            sourceName: string;
            sql: string;
            totalRows: number | null;
            zone: string;
        };
        /**
         * Role
         * @enum {string}
         */
        Role: "admin" | "analyst" | "viewer";
        /** RowOrder */
        RowOrder: {
            column: string;
            /** @default false */
            isDescending: boolean;
        };
        /** Rule */
        Rule: {
            binds?: components["schemas"]["People"];
            /** @default false */
            bindsEverybody: boolean;
            column?: string | null;
            condition?: string | null;
            /** @enum {string} */
            kind: "rows" | "hide_table" | "hide_column" | "mask_column";
            /** @default  */
            note: string;
            schema?: string | null;
            spares?: components["schemas"]["People"];
            table: string;
        };
        /** RunDetail */
        RunDetail: {
            attempts: number;
            coveredFrom?: string | null;
            coveredTo?: string | null;
            deliveries: components["schemas"]["DeliveryOut"][];
            /** Format: date-time */
            dueAt: string;
            finishedAt?: string | null;
            isTest: boolean;
            reason?: string | null;
            /** Format: uuid */
            runId: string;
            state: string;
        };
        /** Running */
        Running: {
            /** @default true */
            isShown: boolean;
            last?: number | null;
            name: string;
            of: components["schemas"]["Aggregate"];
            /** @constant */
            type: "running";
        };
        /** RunningQuery */
        RunningQuery: {
            /** @enum {string} */
            door: "sql" | "ask" | "question" | "module" | "export";
            elapsedMs: number;
            position: number | null;
            /** Format: uuid */
            queryId: string;
            questionId: string | null;
            /** Format: uuid */
            sourceId: string;
            sourceName: string;
            sql: string;
            /** Format: date-time */
            startedAt: string;
            /** @enum {string} */
            state: "waiting" | "running";
        };
        /** RunOut */
        RunOut: {
            /** @enum {string} */
            door: "sql" | "ask" | "question" | "module" | "export";
            elapsedMs: number;
            engineMs: number | null;
            error: string | null;
            isCached: boolean;
            isCut: boolean;
            person: components["schemas"]["Person"] | null;
            /** Format: uuid */
            queryId: string;
            questionId: string | null;
            rowCount: number | null;
            /** Format: uuid */
            sourceId: string;
            sourceName: string | null;
            sql: string;
            /** Format: date-time */
            startedAt: string;
            /** @enum {string} */
            status: "succeeded" | "failed" | "refused" | "stopped";
        };
        /** RunSummary */
        RunSummary: {
            attempts: number;
            coveredFrom?: string | null;
            coveredTo?: string | null;
            /** Format: date-time */
            dueAt: string;
            finishedAt?: string | null;
            isTest: boolean;
            reason?: string | null;
            /** Format: uuid */
            runId: string;
            state: string;
        };
        /** Said */
        Said: {
            headline: string;
            newest?: string | null;
        };
        /** SampleOut */
        SampleOut: {
            columns: components["schemas"]["Column"][];
            rows: (string | number | boolean | null)[][];
        };
        /** SchedulePreview */
        SchedulePreview: {
            description: string;
            nextTimes: components["schemas"]["DueTime"][];
        };
        /**
         * Scope
         * @default {
         *       "timeRange": null,
         *       "filters": [],
         *       "compared": null,
         *       "grain": null
         *     }
         */
        Scope: {
            compared?: components["schemas"]["Comparison"] | null;
            /** @default [] */
            filters: components["schemas"]["Filter"][];
            /** @enum {null|string} */
            grain?: "minute15" | "hour" | "day" | "week" | "month" | "quarter" | "year" | null;
            timeRange?: components["schemas"]["TimeRange"] | null;
        };
        /**
         * ScopeChoice
         * @default {
         *       "timeRange": null,
         *       "filters": [],
         *       "compare": null,
         *       "grain": null
         *     }
         */
        ScopeChoice: {
            /** @enum {null|string} */
            compare?: "previous" | "week" | "year" | "none" | null;
            /** @default [] */
            filters: components["schemas"]["Filter"][];
            /** @enum {null|string} */
            grain?: "minute15" | "hour" | "day" | "week" | "month" | "quarter" | "year" | null;
            timeRange?: components["schemas"]["dashboards_periods_Between"] | components["schemas"]["dashboards_periods_Days"] | components["schemas"]["Relative"] | null;
        };
        /** SecondStepCode */
        SecondStepCode: {
            code: string;
            /** @enum {string} */
            method: "totp" | "email" | "recovery";
            /** @default false */
            trustDevice: boolean;
        };
        /** SeenRows */
        SeenRows: {
            allRows?: number | null;
            /** @default [] */
            columns: components["schemas"]["Column"][];
            /** @default [] */
            hiddenColumns: string[];
            /** @default false */
            isHidden: boolean;
            /** @default [] */
            maskedColumns: string[];
            /** @default [] */
            rows: (string | number | boolean | null)[][];
            visibleRows?: number | null;
        };
        /** Segment */
        Segment: {
            description?: string | null;
            filters: string[];
            name: string;
            /** @default [] */
            synonyms: string[];
        };
        /** SemanticFile */
        SemanticFile: {
            text: string;
            version: number;
        };
        /** SemanticModel */
        SemanticModel: {
            /** @default [] */
            joins: components["schemas"]["Join"][];
            /** @default [] */
            metrics: components["schemas"]["Metric"][];
            /** @default [] */
            questions: components["schemas"]["VerifiedQuestion"][];
            /** @default [] */
            segments: components["schemas"]["Segment"][];
            /** @default [] */
            tables: components["schemas"]["TableMeaning"][];
            /** @default [] */
            wordings: components["schemas"]["Wording"][];
            zone?: string | null;
        };
        /** SemanticOut */
        SemanticOut: {
            canEdit: boolean;
            changedAt: string | null;
            changedBy: components["schemas"]["Person"] | null;
            findings: components["schemas"]["FindingOut"][];
            model: components["schemas"]["SemanticModel"];
            proposal: components["schemas"]["SemanticModel"];
            /** Format: uuid */
            sourceId: string;
            version: number;
        };
        /** Sentence */
        Sentence: {
            segments: (components["schemas"]["Words"] | components["schemas"]["Slot"])[];
            text: string;
        };
        /** SessionOut */
        SessionOut: {
            address: string;
            /** Format: date-time */
            createdAt: string;
            device: string;
            /** Format: date-time */
            expiresAt: string;
            /** Format: uuid */
            id: string;
            isCurrent: boolean;
            /** Format: date-time */
            seenAt: string;
            trustedUntil: string | null;
        };
        /** SessionState */
        SessionState: {
            csrfToken: string | null;
            enrolment: components["schemas"]["Enrolment"] | null;
            isDemo: boolean;
            minimumPasswordLength: number;
            secondStep: components["schemas"]["AwaitedStep"] | null;
            session: components["schemas"]["ThisSession"] | null;
            /** @enum {string} */
            step: "set_up" | "password" | "second_step" | "enrol" | "signed_in";
            user: components["schemas"]["SignedInUser"] | null;
        };
        /** SetUp */
        SetUp: {
            email: string;
            /** @default en-GB */
            locale: string;
            name: string;
            organisation: string;
            password: string;
            token: string;
            /** @default UTC */
            zone: string;
        };
        /** Share */
        Share: {
            /** @default true */
            isShown: boolean;
            name: string;
            of: components["schemas"]["Aggregate"];
            /** @constant */
            type: "share";
        };
        /** Shares */
        Shares: {
            entries: (components["schemas"]["ShareWithUser"] | components["schemas"]["ShareWithRole"])[];
        };
        /** ShareWithRole */
        ShareWithRole: {
            /** @enum {string} */
            access: "view" | "edit";
            role: components["schemas"]["Role"];
            /** @constant */
            type: "role";
        };
        /** ShareWithUser */
        ShareWithUser: {
            /** @enum {string} */
            access: "view" | "edit";
            /** @constant */
            type: "user";
            /** Format: uuid */
            userId: string;
        };
        /** SignedInUser */
        SignedInUser: {
            email: string;
            /** Format: uuid */
            id: string;
            locale: string;
            name: string;
            organisation: string;
            permissions: string[];
            role: string;
            /** @enum {string} */
            theme: "system" | "light" | "dark";
            zone: string;
        };
        /** SignInPolicy */
        SignInPolicy: {
            emailCodesAllowed: boolean;
            organisation: string;
            otpForEveryone: boolean;
            otpRoles: components["schemas"]["Role"][];
        };
        /** Slot */
        Slot: {
            /** @enum {null|string} */
            accepts?: "days" | "hours" | "weekdays" | "months" | "number" | "values" | null;
            id: string;
            /** @enum {string} */
            kind: "figure" | "function" | "unit" | "group" | "filter" | "hours" | "weekdays" | "months" | "range" | "anchor" | "comparison" | "condition" | "order" | "limit" | "columns" | "add";
            label: string;
            /** @default [] */
            options: components["schemas"]["Option"][];
            /** @enum {string} */
            state: "matched" | "assumed";
            /** @constant */
            type: "slot";
            typed?: string | null;
        };
        /** SourceChange */
        SourceChange: {
            anchorsToNewest?: boolean;
            connection?: components["schemas"]["PostgresqlSettings"] | components["schemas"]["MysqlSettings"] | components["schemas"]["SqliteSettings"] | components["schemas"]["DuckdbSettings"] | components["schemas"]["FilesSettings"];
            keptSeconds?: number | null;
            name?: string;
            password?: string;
            zone?: string;
        };
        /** SourceOut */
        SourceOut: {
            anchorsToNewest: boolean;
            catalogVersion: number;
            connection: components["schemas"]["PostgresqlSettings"] | components["schemas"]["MysqlSettings"] | components["schemas"]["SqliteSettings"] | components["schemas"]["DuckdbSettings"] | components["schemas"]["FilesSettings"];
            /** Format: date-time */
            createdAt: string;
            hasPassword: boolean;
            keptSeconds: number | null;
            /** @enum {string} */
            kind: "postgresql" | "mysql" | "sqlite" | "duckdb" | "files";
            lastError: string | null;
            name: string;
            /** Format: uuid */
            ownerId: string;
            refreshedAt: string | null;
            refreshSchedule: components["schemas"]["RefreshSchedule"] | null;
            sizeBytes: number;
            /** Format: uuid */
            sourceId: string;
            /** @enum {string} */
            state: "new" | "ready" | "failed";
            zone: string;
        };
        /** SourceSummary */
        SourceSummary: {
            dialect: string;
            name: string;
            /** Format: uuid */
            sourceId: string;
        };
        /** Span */
        Span: {
            column: string;
            high: (number | null)[];
            low: (number | null)[];
        };
        /** SqliteSettings */
        SqliteSettings: {
            /** @constant */
            kind: "sqlite";
            path?: string | null;
            uploadId?: string | null;
        };
        /** Stopped */
        Stopped: {
            wasRunning: boolean;
        };
        /** Suggestion */
        Suggestion: {
            reason: string;
            spec: components["schemas"]["ChartSpec"];
        };
        /** TableChange */
        TableChange: {
            description?: string | null;
            isHidden?: boolean;
            label?: string | null;
            schema?: string | null;
            table: string;
        };
        /** TableMeaning */
        TableMeaning: {
            /** @default [] */
            columns: components["schemas"]["ColumnMeaning"][];
            description?: string | null;
            /** @enum {null|string} */
            intervalLabels?: "start" | "end" | null;
            label?: string | null;
            schema?: string | null;
            /** @default [] */
            synonyms: string[];
            table: string;
            timeColumn?: string | null;
        };
        /** TableName */
        TableName: {
            name: string;
            schema?: string | null;
        };
        /** TableWidget */
        TableWidget: {
            /** Format: uuid */
            chartId: string;
            height: number;
            /** @constant */
            kind: "table";
            /** @default  */
            title: string;
            /** Format: uuid */
            widgetId: string;
            width: number;
            x: number;
            y: number;
        };
        /** TaskOut */
        TaskOut: {
            done: number;
            error: string | null;
            finishedAt: string | null;
            /** @enum {string} */
            kind: "refresh" | "import";
            outcome: components["schemas"]["TaskOutcome"] | null;
            /** Format: uuid */
            sourceId: string;
            /** @enum {string} */
            state: "waiting" | "running" | "done" | "failed";
            /** Format: uuid */
            taskId: string;
            total: number;
        };
        /** TaskOutcome */
        TaskOutcome: {
            /** @default 0 */
            badRowCount: number;
            /** @default [] */
            badRows: components["schemas"]["BadRow"][];
            /** @default [] */
            cautions: components["schemas"]["Caution"][];
            /** @default [] */
            columns: components["schemas"]["ImportedColumn"][];
            rowCount?: number | null;
            rowsImported?: number | null;
            setAsideTable?: string | null;
            table?: string | null;
            tables?: number | null;
            /** @default [] */
            withoutProfile: string[];
        };
        /** TestOutcome */
        TestOutcome: {
            canWrite: boolean;
            latencyMs: number;
            serverVersion: string;
            tls: string | null;
            /** @default [] */
            warnings: string[];
        };
        /** TextWidget */
        TextWidget: {
            height: number;
            /** @constant */
            kind: "text";
            markdown: string;
            /** @default  */
            title: string;
            /** Format: uuid */
            widgetId: string;
            width: number;
            x: number;
            y: number;
        };
        /** This */
        This: {
            /** @constant */
            type: "this";
            /** @enum {string} */
            unit: "day" | "week" | "month" | "quarter" | "year";
        };
        /** ThisSession */
        ThisSession: {
            aal: number;
            /** Format: date-time */
            expiresAt: string;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            idleExpiresAt: string;
            steppedUpUntil: string | null;
        };
        /** TimeCourse */
        TimeCourse: {
            /** Format: date-time */
            end: string;
            label: string;
            /** Format: date-time */
            start: string;
            unit: string | null;
            values: (number | null)[];
        };
        /** TimeOfDay */
        TimeOfDay: {
            /** Format: duration */
            end: string;
            /** Format: duration */
            start: string;
        };
        /** TimeRange */
        TimeRange: {
            /** Format: date-time */
            end: string;
            /** Format: date-time */
            start: string;
            zone: string;
        };
        /** TimeScope */
        TimeScope: {
            /**
             * @default today
             * @enum {string}
             */
            anchor: "today" | "newest";
            column: components["schemas"]["ColumnRef"];
            /** @default [] */
            months: number[];
            span?: components["schemas"]["analytics_ask_plan_Days"] | components["schemas"]["Last"] | components["schemas"]["This"] | components["schemas"]["ToDate"] | null;
            timeOfDay?: components["schemas"]["TimeOfDay"] | null;
            /** @default [] */
            weekdays: number[];
        };
        /** ToDate */
        ToDate: {
            /** @constant */
            type: "to_date";
            /** @enum {string} */
            unit: "day" | "week" | "month" | "quarter" | "year";
        };
        /** TokenOnly */
        TokenOnly: {
            token: string;
        };
        /** TopValue */
        TopValue: {
            count: number;
            value: string;
        };
        /** TotpCode */
        TotpCode: {
            code: string;
            /** @default false */
            trustDevice: boolean;
        };
        /** TotpOffer */
        TotpOffer: {
            qrSvg: string;
            secret: string;
            uri: string;
        };
        /** Tried */
        Tried: {
            elapsedMs: number;
            reason?: string | null;
            works: boolean;
        };
        /** UnknownWord */
        UnknownWord: {
            end: number;
            /** @default false */
            isKnown: boolean;
            /** @default [] */
            nearest: string[];
            start: number;
            text: string;
        };
        /** UpdateProfile */
        UpdateProfile: {
            locale?: string | null;
            name?: string | null;
            /** @enum {null|string} */
            theme?: "system" | "light" | "dark" | null;
            zone?: string | null;
        };
        /** UploadOut */
        UploadOut: {
            /** Format: date-time */
            expiresAt: string;
            fileName: string;
            sizeBytes: number;
            /** Format: uuid */
            uploadId: string;
        };
        /** UploadPreview */
        UploadPreview: {
            preview: components["schemas"]["Preview"];
            tableName: string;
            upload: components["schemas"]["UploadOut"];
        };
        /** UserOut */
        UserOut: {
            attributes: {
                [key: string]: (string | number | boolean)[];
            };
            codesStopped: boolean;
            /** Format: date-time */
            createdAt: string;
            email: string;
            groupIds: string[];
            hasApp: boolean;
            /** Format: uuid */
            id: string;
            name: string;
            role: components["schemas"]["Role"];
            signedInAt: string | null;
            /** @enum {string} */
            state: "invited" | "active" | "locked";
        };
        /** UserPage */
        UserPage: {
            total: number;
            users: components["schemas"]["UserOut"][];
        };
        /** ValueMeaning */
        ValueMeaning: {
            /** @default [] */
            synonyms: string[];
            value: string;
        };
        /** ValueWidget */
        ValueWidget: {
            /** Format: uuid */
            chartId: string;
            height: number;
            /** @constant */
            kind: "value";
            /** @default  */
            title: string;
            /** Format: uuid */
            widgetId: string;
            width: number;
            x: number;
            y: number;
        };
        /** VerifiedQuestion */
        VerifiedQuestion: {
            plan?: components["schemas"]["QueryPlan"] | null;
            question: string;
            sql?: string | null;
            verifiedBy?: string | null;
            verifiedOn?: string | null;
        };
        /** VersionDetail */
        VersionDetail: {
            layout: components["schemas"]["Layout"];
            note: string;
            number: number;
            /** Format: date-time */
            publishedAt: string;
            publishedBy: components["schemas"]["Person"] | null;
            restoredFrom?: number | null;
        };
        /** VersionOut */
        VersionOut: {
            /** Format: date-time */
            changedAt: string;
            changedBy: components["schemas"]["Person"] | null;
            note: string;
            version: number;
        };
        /** VersionSummary */
        VersionSummary: {
            note: string;
            number: number;
            /** Format: date-time */
            publishedAt: string;
            publishedBy: components["schemas"]["Person"] | null;
            restoredFrom?: number | null;
        };
        /** Versus */
        Versus: {
            /** Format: date */
            end: string;
            /** Format: date */
            start: string;
            /** @constant */
            type: "versus";
        };
        /** View */
        View: {
            /** Format: date-time */
            end: string;
            /** Format: date-time */
            start: string;
        };
        /** Vouched */
        Vouched: {
            by: string | null;
            name: string;
            on: string | null;
        };
        /** WidgetDrawn */
        WidgetDrawn: {
            /** @constant */
            type: "widget";
            widget: components["schemas"]["RenderedWidget"];
        };
        /** Wording */
        Wording: {
            means: string;
            words: string;
        };
        /** Words */
        Words: {
            text: string;
            /** @constant */
            type: "words";
        };
    };
    responses: {
        /** @description The request was refused and nothing was changed; the detail says what to do next. */
        Problem4XX: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The server could not do it and nothing was changed; the detail says what to do next. */
        Problem5XX: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    askQuestion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskedQuestion"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answered"];
                };
            };
        };
    };
    listExamples: {
        parameters: {
            query: {
                sourceId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Examples"];
                };
            };
        };
    };
    sayHeadline: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanChange"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Said"];
                };
            };
        };
    };
    getIndexState: {
        parameters: {
            query: {
                sourceId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IndexState"];
                };
            };
        };
    };
    changePlan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanChange"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answered"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                action?: string | null;
                before?: number | null;
                limit?: number;
                since?: string | null;
                until?: string | null;
                userId?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
        };
    };
    verifyAudit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditVerification"];
                };
            };
        };
    };
    listOwnActivity: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEntryOut"][];
                };
            };
        };
    };
    listTrustedDevices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceOut"][];
                };
            };
        };
    };
    forgetTrustedDevice: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                device_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    requestEmailChange: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewEmail"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    confirmEmailChange: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenOnly"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listFactors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactorsOut"];
                };
            };
        };
    };
    setEmailCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmailCodesWanted"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionState"];
                };
            };
        };
    };
    regenerateRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
        };
    };
    startTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotpOffer"];
                };
            };
        };
    };
    removeTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionState"];
                };
            };
        };
    };
    confirmTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TotpCode"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
        };
    };
    acceptInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptInvitation"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionState"];
                };
            };
        };
    };
    checkLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkToken"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkTarget"];
                };
            };
        };
    };
    logIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LogIn"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionState"];
                };
            };
        };
    };
    logOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": null;
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePassword"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionState"];
                };
            };
        };
    };
    requestPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskForReset"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    completePasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetPassword"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    readSignInPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInPolicy"];
                };
            };
        };
    };
    changeSignInPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInPolicy"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInPolicy"];
                };
            };
        };
    };
    updateProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateProfile"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionState"];
                };
            };
        };
    };
    passSecondStep: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SecondStepCode"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionState"];
                };
            };
        };
    };
    sendEmailCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionState"];
                };
            };
        };
    };
    readSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionState"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionOut"][];
                };
            };
        };
    };
    endOtherSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    setUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetUp"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionState"];
                };
            };
        };
    };
    stepUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GivenPasswordOnly"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionState"];
                };
            };
        };
    };
    issueAccessToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessTokenOut"];
                };
            };
        };
    };
    refreshAccessToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshTokenIn"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessTokenOut"];
                };
            };
        };
    };
    revokeAccessToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshTokenIn"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listCharts: {
        parameters: {
            query?: {
                questionId?: string | null;
                words?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChartDetail"][];
                };
            };
        };
    };
    createChart: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewChart"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChartDetail"];
                };
            };
        };
    };
    getChart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chart_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChartDetail"];
                };
            };
        };
    };
    deleteChart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chart_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    updateChart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chart_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChartChange"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChartDetail"];
                };
            };
        };
    };
    drawChart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                chart_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DrawOptions"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DrawnChart"];
                };
            };
        };
    };
    downloadChartPicture: {
        parameters: {
            query?: {
                format?: "png" | "svg";
                height?: number;
                /** @description What to show, as JSON. */
                options?: string;
                width?: number;
            };
            header?: never;
            path: {
                chart_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description The picture, PNG or SVG. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                };
            };
        };
    };
    previewChart: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewOrder"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChartPreview"];
                };
            };
        };
    };
    previewQuestion: {
        parameters: {
            query?: {
                /** @description What to show, as JSON. */
                options?: string;
            };
            header?: never;
            path: {
                question_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description The drawn chart. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChartPreview"];
                };
            };
        };
    };
    listDashboards: {
        parameters: {
            query?: {
                tag?: string;
                which?: "all" | "mine" | "pinned" | "deleted";
                words?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DashboardSummary"][];
                };
            };
        };
    };
    createDashboard: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDashboard"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DashboardDetail"];
                };
            };
        };
    };
    getDashboard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dashboard_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DashboardDetail"];
                };
            };
        };
    };
    deleteDashboard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dashboard_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DashboardSummary"];
                };
            };
        };
    };
    updateDashboard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dashboard_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DashboardChange"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DashboardDetail"];
                };
            };
        };
    };
    drawDashboardCourse: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dashboard_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CourseOrder"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimeCourse"] | null;
                };
            };
        };
    };
    saveDashboardDraft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dashboard_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftSave"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftSaved"];
                };
            };
        };
    };
    discardDashboardDraft: {
        parameters: {
            query: {
                revision: number;
            };
            header?: never;
            path: {
                dashboard_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DashboardDetail"];
                };
            };
        };
    };
    duplicateDashboard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dashboard_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DashboardCopy"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DashboardDetail"];
                };
            };
        };
    };
    pinDashboard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dashboard_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    unpinDashboard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dashboard_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    publishDashboard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dashboard_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Publication"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DashboardDetail"];
                };
            };
        };
    };
    showDashboard: {
        parameters: {
            query?: {
                /** @description What to show, as JSON. */
                options?: string;
            };
            header?: never;
            path: {
                dashboard_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description One JSON object a line: started, each widget as soon as it is ready, finished. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["RenderStarted"] | components["schemas"]["WidgetDrawn"] | components["schemas"]["RenderFinished"];
                };
            };
        };
    };
    renderDashboard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dashboard_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RenderOptions"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description One JSON object a line: started, each widget as soon as it is ready, finished. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["RenderStarted"] | components["schemas"]["WidgetDrawn"] | components["schemas"]["RenderFinished"];
                };
            };
        };
    };
    restoreDashboard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dashboard_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DashboardDetail"];
                };
            };
        };
    };
    listDashboardShares: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dashboard_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shares"];
                };
            };
        };
    };
    shareDashboard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dashboard_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Shares"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shares"];
                };
            };
        };
    };
    listDashboardVersions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dashboard_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionSummary"][];
                };
            };
        };
    };
    getDashboardVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dashboard_id: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionDetail"];
                };
            };
        };
    };
    restoreDashboardVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dashboard_id: string;
                number: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Publication"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DashboardDetail"];
                };
            };
        };
    };
    listExports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportOut"][];
                };
            };
        };
    };
    startExport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportOrder"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportOut"];
                };
            };
        };
    };
    getExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportOut"];
                };
            };
        };
    };
    deleteExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    cancelExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportOut"];
                };
            };
        };
    };
    downloadExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                export_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description The file, under the name in Content-Disposition. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.apache.parquet": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "text/csv": string;
                };
            };
        };
    };
    listGroups: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupOut"][];
                };
            };
        };
    };
    createGroup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewGroup"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupOut"];
                };
            };
        };
    };
    renameGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewGroup"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteGroup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                group_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getLanguageModel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelOut"];
                };
            };
        };
    };
    setLanguageModel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LanguageModelChange"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelOut"];
                };
            };
        };
    };
    removeLanguageModel: {
        parameters: {
            query: {
                version: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelOut"];
                };
            };
        };
    };
    tryLanguageModel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tried"];
                };
            };
        };
    };
    listMails: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailSummary"][];
                };
            };
        };
    };
    emptyMailbox: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getMail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mail_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailDetail"];
                };
            };
        };
    };
    deleteMail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mail_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getMailAttachment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                index: number;
                mail_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
        };
    };
    getMailPage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mail_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    listPeople: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"][];
                };
            };
        };
    };
    listRunningQueries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunningQuery"][];
                };
            };
        };
    };
    runQuery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QueryOrder"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description The rows as JSON or, with `Accept: application/vnd.apache.arrow.stream`, as an Arrow stream with the rest in the header Gridlens-Result. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Result"];
                };
            };
        };
    };
    queryProgress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueryProgress"];
                };
            };
        };
    };
    stopQuery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                query_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stopped"];
                };
            };
        };
    };
    checkQuery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QueryCheck"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedQuery"];
                };
            };
        };
    };
    getCompletion: {
        parameters: {
            query: {
                sourceId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Completion"];
                };
            };
        };
    };
    exportQuery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QueryExport"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description The file, under the name in Content-Disposition. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.apache.parquet": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "text/csv": string;
                };
            };
        };
    };
    listQueryRuns: {
        parameters: {
            query?: {
                before?: string | null;
                everybody?: boolean;
                limit?: number;
                questionId?: string | null;
                sourceId?: string | null;
                status?: "succeeded" | "failed" | "refused" | "stopped" | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunOut"][];
                };
            };
        };
    };
    startQuery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QueryOrder"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueryProgress"];
                };
            };
        };
    };
    listQuestions: {
        parameters: {
            query?: {
                sourceId?: string | null;
                which?: "all" | "mine" | "deleted";
                words?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuestionSummary"][];
                };
            };
        };
    };
    createQuestion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewQuestion"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuestionDetail"];
                };
            };
        };
    };
    getQuestion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                question_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuestionDetail"];
                };
            };
        };
    };
    updateQuestion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                question_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuestionChange"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuestionDetail"];
                };
            };
        };
    };
    deleteQuestion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                question_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuestionSummary"];
                };
            };
        };
    };
    exportQuestion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                question_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuestionExport"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description The file, under the name in Content-Disposition. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.apache.parquet": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                    "text/csv": string;
                };
            };
        };
    };
    restoreQuestion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                question_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuestionDetail"];
                };
            };
        };
    };
    readQuestion: {
        parameters: {
            query?: {
                /** @description What to show, as JSON. */
                options?: string;
            };
            header?: never;
            path: {
                question_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description The rows as JSON or, with `Accept: application/vnd.apache.arrow.stream`, as an Arrow stream with the rest in the header Gridlens-Result. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Result"];
                };
            };
        };
    };
    runQuestion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                question_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuestionRun"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description The rows as JSON or, with `Accept: application/vnd.apache.arrow.stream`, as an Arrow stream with the rest in the header Gridlens-Result. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Result"];
                };
            };
        };
    };
    listQuestionShares: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                question_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shares"];
                };
            };
        };
    };
    shareQuestion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                question_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Shares"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Shares"];
                };
            };
        };
    };
    listReports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportSummary"][];
                };
            };
        };
    };
    createReport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportInput"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportDetail"];
                };
            };
        };
    };
    getReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportDetail"];
                };
            };
        };
    };
    updateReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportInput"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportDetail"];
                };
            };
        };
    };
    deleteReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    leaveReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    pauseReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportDetail"];
                };
            };
        };
    };
    resumeReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportDetail"];
                };
            };
        };
    };
    listReportRuns: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunSummary"][];
                };
            };
        };
    };
    getReportRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunDetail"];
                };
            };
        };
    };
    retryReportRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunDetail"];
                };
            };
        };
    };
    testReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryOut"];
                };
            };
        };
    };
    getDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryOut"];
                };
            };
        };
    };
    getMailSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailSettings"];
                };
            };
        };
    };
    previewReport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportContent"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportMade"];
                };
            };
        };
    };
    getReportPreviewPage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                preview_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    previewSchedule: {
        parameters: {
            query: {
                cron: string;
                zone: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchedulePreview"];
                };
            };
        };
    };
    testNewReport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportContent"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryOut"];
                };
            };
        };
    };
    getTerms: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SemanticOut"];
                };
            };
        };
    };
    updateTerms: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ModelChange"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SemanticOut"];
                };
            };
        };
    };
    checkTerms: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FileToCheck"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FindingOut"][];
                };
            };
        };
    };
    exportTerms: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SemanticFile"];
                };
            };
        };
    };
    importTerms: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FileChange"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SemanticOut"];
                };
            };
        };
    };
    verifyQuestion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewVerified"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed"];
                };
            };
        };
    };
    unverifyQuestion: {
        parameters: {
            query: {
                question: string;
            };
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed"];
                };
            };
        };
    };
    restoreTerms: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Restore"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SemanticOut"];
                };
            };
        };
    };
    listTermVersions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionOut"][];
                };
            };
        };
    };
    defineTerm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTerm"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Changed"];
                };
            };
        };
    };
    listSources: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceOut"][];
                };
            };
        };
    };
    createSource: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSource"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedSource"];
                };
            };
        };
    };
    getSource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceOut"];
                };
            };
        };
    };
    deleteSource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    updateSource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SourceChange"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceOut"];
                };
            };
        };
    };
    getAccess: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessOut"];
                };
            };
        };
    };
    replaceAccess: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccessChange"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessOut"];
                };
            };
        };
    };
    checkAccessCondition: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConditionCheck"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedCondition"];
                };
            };
        };
    };
    getAccessFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description The rules as YAML. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": string;
                };
            };
        };
    };
    replaceAccessByFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccessFile"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessOut"];
                };
            };
        };
    };
    previewAccess: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccessPreview"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SeenRows"];
                };
            };
        };
    };
    getCatalog: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogOut"];
                };
            };
        };
    };
    describeColumn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ColumnChange"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogOut"];
                };
            };
        };
    };
    describeTable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TableChange"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CatalogOut"];
                };
            };
        };
    };
    refreshSource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskOut"];
                };
            };
        };
    };
    scheduleRefresh: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshSchedule"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceOut"];
                };
            };
        };
    };
    unscheduleRefresh: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sampleTable: {
        parameters: {
            query: {
                rows?: number;
                schema?: string | null;
                table: string;
            };
            header?: never;
            path: {
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SampleOut"];
                };
            };
        };
    };
    deleteTable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                source_id: string;
                table: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    listFileFolders: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileFoldersOut"];
                };
            };
        };
    };
    getSourceTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskOut"];
                };
            };
        };
    };
    testSource: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionTest"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestOutcome"];
                };
            };
        };
    };
    listTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiTokenOut"][];
                };
            };
        };
    };
    createToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewApiToken"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiTokenWithSecret"];
                };
            };
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    renewToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RenewApiToken"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiTokenWithSecret"];
                };
            };
        };
    };
    createUpload: {
        parameters: {
            query: {
                fileName: string;
            };
            header?: {
                "content-length"?: number | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadOut"];
                };
            };
        };
    };
    getUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadOut"];
                };
            };
        };
    };
    deleteUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    importUpload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewImport"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request accepted, processing continues off-line */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportStarted"];
                };
            };
        };
    };
    previewUpload: {
        parameters: {
            query?: {
                rows?: number;
                sheet?: string | null;
            };
            header?: never;
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadPreview"];
                };
            };
        };
    };
    previewUploadAs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PreviewAs"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadPreview"];
                };
            };
        };
    };
    listUsers: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
        };
    };
    inviteUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Invitation"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Document created, URL follows */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invited"];
                };
            };
        };
    };
    readUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOut"];
                };
            };
        };
    };
    changeUserBelonging: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Belonging"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOut"];
                };
            };
        };
    };
    eraseUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Heir"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, nothing follows */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    resendInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invited"];
                };
            };
        };
    };
    lockUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOut"];
                };
            };
        };
    };
    resetUserFactors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOut"];
                };
            };
        };
    };
    changeUserRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRole"];
            };
        };
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOut"];
                };
            };
        };
    };
    unlockUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserOut"];
                };
            };
        };
    };
    healthLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: string;
                    };
                };
            };
        };
    };
    healthReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Problem4XX"];
            "5XX": components["responses"]["Problem5XX"];
            /** @description Request fulfilled, document follows */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
        };
    };
}
