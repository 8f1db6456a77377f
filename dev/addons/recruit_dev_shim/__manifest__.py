{
    "name": "Recruit: Debian shim (development only)",
    "summary": "Takes the one file that the Debian package lacks out of the bundles",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "Recruit CRM",
    "license": "LGPL-3",
    "depends": ["mail"],
    # Without this every page logs a console error, and a console error fails a tour.
    "assets": {
        "web.assets_backend": [
            (
                "remove",
                "mail/static/lib/selfie_segmentation/selfie_segmentation.js",
            )
        ]
    },
    "auto_install": True,
}
